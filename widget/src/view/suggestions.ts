import { html, nothing } from "lit";

import type { Message } from "../contract";
import type { Strings } from "../strings";

interface Suggestions {
  buttons: Message["buttons"];
  words: Strings;
  onChoose: (payload: string) => void;
}

/** Quick replies to the last answer. Outside of the log, which a screen reader reads aloud. */
export function suggestions({ buttons, words, onChoose }: Suggestions) {
  if (!buttons.length) return nothing;
  return html`
    <div class="choices" role="group" aria-label=${words.suggestions}>
      ${buttons.map(
        ({ title, payload }) => html`<button type="button" @click=${() => onChoose(payload)}>${title}</button>`,
      )}
    </div>
  `;
}
