import { html, nothing } from "lit";

import type { Message } from "../contract";
import { day } from "../dates";
import { web } from "../links";
import { fill, type Strings } from "../strings";

/** Pages to go to. */
export function links(all: Message["links"], words: Strings) {
  const shown = all.filter((link) => web(link.url));
  if (!shown.length) return nothing;
  return html`<ul class="links">
    ${shown.map((link) => html`<li>${anchor(link.title, link.url, words)}</li>`)}
  </ul>`;
}

/** Where the answer comes from, and when somebody last checked it. More than one source is a list to open. */
export function origin({ sources, reviewed }: Message, words: Strings, language: string) {
  const review = reviewed ? fill(words.reviewed, { date: day(reviewed, language) }) : "";
  const [first, ...others] = sources;
  if (!first) return review ? html`<p class="small origin">${review}</p>` : nothing;
  if (!others.length) {
    return html`<p class="small origin">${words.source}: ${anchor(first.title, first.url, words)}. ${review}</p>`;
  }
  return html`<details class="small origin">
    <summary>${words.sources}: ${sources.length}. ${review}</summary>
    <ul>
      ${sources.map(({ title, url }) => html`<li>${anchor(title, url, words)}</li>`)}
    </ul>
  </details>`;
}

function anchor(title: string, url: string | null, words: Strings) {
  const address = web(url);
  return address
    ? html`<a href=${address} target="_blank" rel="noopener noreferrer"
        >${title}<span class="hidden"> ${words.newTab}</span></a
      >`
    : title;
}
