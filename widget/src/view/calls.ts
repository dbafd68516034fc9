import { html, nothing } from "lit";

import type { Call, Config } from "../contract";
import { tel } from "../links";
import { fill, type Strings } from "../strings";
import { phone as icon } from "./icons";

/** Numbers to tap. */
export function callButtons(calls: Call[]) {
  if (!calls.length) return nothing;
  return html`<div class="calls">
    ${calls.map((call) => html`<a class="call" href=${tel(call.tel)}>${icon}<span>${call.title}</span></a>`)}
  </div>`;
}

export function clinicCall({ name, phone }: Pick<Config["clinic"], "name" | "phone">, words: Strings) {
  if (!phone) return nothing;
  const title = fill(words.clinicCall, { name: name ?? words.clinic });
  return html`<div class="care">${callButtons([{ title, tel: phone }])}</div>`;
}
