/** The conversation as plain text, to copy or to print. */

import type { Message } from "./contract";
import { day, moment } from "./dates";
import { fill, type Strings } from "./strings";

export function transcript(messages: Message[], title: string, strings: Strings, language: string): string {
  const said = messages.map((message) => {
    const who = message.role === "person" ? strings.you : strings.assistant;
    return [`${who}, ${moment(message.sent_at, language)}`, message.text, origin(message, strings, language)]
      .filter(Boolean)
      .join("\n");
  });
  return [title, strings.transcriptNote, ...said].join("\n\n");
}

/** "Sources: ...; .... Reviewed 23 November 2026", as far as it is known. */
export function origin(message: Message, strings: Strings, language: string): string {
  const label = message.sources.length > 1 ? strings.sources : strings.source;
  const titles = message.sources.map((source) => source.title).join("; ");
  return [
    titles && `${label}: ${titles}`,
    message.reviewed && fill(strings.reviewed, { date: day(message.reviewed, language) }),
  ]
    .filter(Boolean)
    .join(". ");
}
