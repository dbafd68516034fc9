/** Dates and times as people write them in the language of the widget. */

export function day(date: string, language: string): string {
  // A date without a time is midnight in Greenwich: read it there too, or it becomes the day before.
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));
}

export function moment(time: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(time));
}
