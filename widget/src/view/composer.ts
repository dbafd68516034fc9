import { html } from "lit";
import { live } from "lit/directives/live.js";

import { fill, type Strings } from "../strings";

/** So many characters before the limit it is told. */
const NEAR = 100;

interface Composer {
  draft: string;
  limit: number;
  words: Strings;
  onDraft: (draft: string) => void;
  onSend: () => void;
}

/** Where people write. What is too long is not cut: they shorten it themselves. */
export function composer({ draft, limit, words, onDraft, onSend }: Composer) {
  const left = limit - draft.trim().length;
  const press = (event: KeyboardEvent) => {
    // Enter also ends the choice of a character in some scripts.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    onSend();
  };
  return html`
    <div class="composer">
      <label class="hidden" for="write">${words.write}</label>
      <textarea
        id="write"
        rows="1"
        dir="auto"
        enterkeyhint="send"
        autocomplete="off"
        placeholder=${words.write}
        aria-invalid=${left < 0}
        aria-describedby="left"
        .value=${live(draft)}
        @input=${(event: Event) => onDraft((event.target as HTMLTextAreaElement).value)}
        @keydown=${press}
      ></textarea>
      <button type="button" class="send" @click=${onSend}>${words.send}</button>
      <p id="left" class=${left < 0 ? "over" : ""} role="status">${room(left, words)}</p>
    </div>
  `;
}

function room(left: number, words: Strings): string {
  if (left > NEAR) return "";
  return left < 0 ? fill(words.tooLong, { count: -left }) : fill(words.left, { count: left });
}
