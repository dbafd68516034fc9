import { html, nothing } from "lit";

import type { Call, Config } from "../contract";
import { web } from "../links";
import { fill, type Strings } from "../strings";
import { callButtons, clinicCall } from "./calls";

/** Until the server has said it: what it promises. */
const KEPT_HOURS = 24;

interface FirstScreen {
  config: Config | null;
  emergency: Call[];
  words: Strings;
  onStart: (title: string) => void;
}

/** What this is and is not, what is kept, whom to call, and where to start. */
export function firstScreen({ config, emergency, words, onStart }: FirstScreen) {
  const starters = config?.starters ?? [];
  return html`
    <div class="first">
      <p class="hello">${words.about}</p>
      <p>${words.notADoctor}</p>
      <section class="help">
        <p>${words.emergency}</p>
        ${callButtons(emergency)}
      </section>
      <p class="small">${fill(words.kept, { hours: config?.kept_hours ?? KEPT_HOURS })}</p>
      ${starters.length
        ? html`<section>
            <h3>${words.startersTitle}</h3>
            <div class="choices">
              ${starters.map(
                (title) => html`<button type="button" @click=${() => onStart(title)}>${title}</button>`,
              )}
            </div>
          </section>`
        : nothing}
      ${config ? clinic(config.clinic, words) : nothing}
    </div>
  `;
}

function clinic({ name, phone, hours, booking }: Config["clinic"], words: Strings) {
  const link = web(booking);
  if (!phone && !link) return nothing;
  return html`<section>
    <h3>${words.clinicTitle}</h3>
    ${clinicCall({ name, phone }, words)}
    ${hours ? html`<p class="small">${hours}</p>` : nothing}
    ${link
      ? html`<p class="links"><a href=${link} target="_blank" rel="noopener noreferrer">${words.booking} ${words.newTab}</a></p>`
      : nothing}
  </section>`;
}
