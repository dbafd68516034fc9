import { html, nothing } from "lit";

import type { Call, Config } from "../contract";
import { tel } from "../links";
import type { Strings } from "../strings";
import { callButtons, clinicCall } from "./calls";

interface HelpLine {
  config: Config | null;
  emergency: Call[];
  words: Strings;
}

/** The chat cannot answer: say so, and whom to call instead. */
export function offlineNotice({ config, emergency, words }: HelpLine) {
  const clinic = config?.clinic;
  return html`
    <section class="offline help" role="alert">
      <p><strong>${navigator.onLine ? words.unreachable : words.offline}</strong> ${words.emergency}</p>
      ${callButtons(emergency)} ${clinic ? clinicCall(clinic, words) : nothing}
    </section>
  `;
}

/** The emergency numbers, always in sight. */
export function emergencyLine({ emergency, words }: Omit<HelpLine, "config">) {
  return html`
    <p class="emergency-line">
      <span>${words.emergencyLine}</span>
      ${emergency.map((call) => html`<a href=${tel(call.tel)}>${call.title}</a>`)}
    </p>
  `;
}
