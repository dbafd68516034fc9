import { html, nothing } from "lit";

import { VISIT_SUMMARY, type Call } from "../contract";
import type { Entry } from "../conversation";
import { moment } from "../dates";
import type { Strings } from "../strings";
import { blocks } from "../text";
import { callButtons } from "./calls";
import { warning } from "./icons";
import { links, origin } from "./references";

interface MessageView {
  entry: Entry;
  emergency: Call[];
  words: Strings;
  language: string;
  times: boolean;
  helpful: boolean | undefined;
  onRate: (helpful: boolean) => void;
  onResend: () => void;
  onCopy: () => void;
  onPrint: () => void;
}

export function message(view: MessageView) {
  const { entry } = view;
  return entry.role === "person" ? question(view) : entry.urgency ? urgent(view) : answer(view);
}

/** An answer is on its way. For the eye only: a screen reader is told when it takes long. */
export function pending() {
  return html`<div class="pending" aria-hidden="true"><i></i><i></i><i></i></div>`;
}

/** What the person wrote, exactly so. They know it: it is not read aloud. */
function question({ entry, words, language, times, onResend }: MessageView) {
  return html`
    <div class="message person" aria-live="off">
      <h3 class="hidden">${words.you}</h3>
      <p class="text verbatim" dir="auto">${entry.text}</p>
      ${time(entry, times, language)}
      ${entry.state === "sent" || entry.state === "sending"
        ? nothing
        : html`<div class="failed" role="alert">
            <p>${reason(entry.state, words)}</p>
            ${entry.state === "refused"
              ? nothing
              : html`<button type="button" @click=${onResend}>${words.resend}</button>`}
          </div>`}
    </div>
  `;
}

function reason(state: Entry["state"], words: Strings): string {
  if (state === "offline") return words.notSentOffline;
  if (state === "busy") return words.busy;
  return state === "refused" ? words.notTaken : words.notSent;
}

function answer(view: MessageView) {
  const { entry, words, language } = view;
  return html`
    <div class="message answer">
      <h3 class="hidden">${words.assistant}</h3>
      ${text(entry)} ${links(entry.links, words)} ${callButtons(calls(entry))} ${origin(entry, words, language)} ${tools(view)}
    </div>
  `;
}

/** Not to be missed; the number first, for whoever reads no further. */
function urgent(view: MessageView) {
  const { entry, words, language, times, emergency } = view;
  const numbers = calls(entry);
  // One that comes from the history is not news.
  const role = entry.live && entry.urgency !== "U" ? "alert" : nothing;
  return html`
    <div class="message urgent ${entry.urgency}" role=${role}>
      <h3>${entry.urgency === "C" ? nothing : warning}<span>${words[`urgency${entry.urgency!}`]}</span></h3>
      ${callButtons(numbers.length || entry.urgency === "U" ? numbers : emergency)} ${text(entry)} ${links(entry.links, words)}
      ${origin(entry, words, language)} ${time(entry, times, language)}
    </div>
  `;
}

function text({ text }: Entry) {
  return html`<div class="text" dir="auto">
    ${blocks(text).map((block) =>
      block.kind === "list"
        ? html`<ul>
            ${block.items.map((item) => html`<li dir="auto">${item}</li>`)}
          </ul>`
        : html`<p dir="auto">${block.text}</p>`,
    )}
  </div>`;
}

/** A link that dials is a number to tap, too. */
function calls({ calls, links }: Entry): Call[] {
  const dialing = links.filter(({ url }) => url.startsWith("tel:"));
  return [...calls, ...dialing.map(({ title, url }) => ({ title, tel: url }))];
}

/** Below an answer, outside of what is read aloud. */
function tools(view: MessageView) {
  const { entry, words, helpful, onRate, onCopy, onPrint } = view;
  const rate = (label: string, value: boolean) => html`
    <button type="button" aria-pressed=${helpful === value} @click=${() => onRate(value)}>${label}</button>
  `;
  return html`<div class="tools" aria-live="off">
    ${time(entry, view.times, view.language)}
    ${entry.topic === VISIT_SUMMARY
      ? html`<button type="button" @click=${onCopy}>${words.copySummary}</button>
          <button type="button" @click=${onPrint}>${words.printSummary}</button>`
      : nothing}
    ${entry.topic && entry.topic !== VISIT_SUMMARY
      ? html`<div class="rate" role="group" aria-label=${words.helpfulAnswer}>
          <span>${words.helpful}</span> ${rate(words.yes, true)} ${rate(words.no, false)}
          <span role="status">${helpful === undefined ? "" : words.thanks}</span>
        </div>`
      : nothing}
  </div>`;
}

function time({ sent_at }: Entry, shown: boolean, language: string) {
  return shown ? html`<time class="small" datetime=${sent_at}>${moment(sent_at, language)}</time>` : nothing;
}
