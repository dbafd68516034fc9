/** Addresses that are safe to put behind a link. */

/** Undefined unless it is an ordinary web page: never `javascript:` or the like. */
export function web(url: string | null): string | undefined {
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}

/** What a phone dials. */
export function tel(number: string): string {
  return `tel:${number.replace(/[^\d+*#]/g, "")}`;
}
