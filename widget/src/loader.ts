/** The script that a page includes: it defines the element, and puts one on the page as its own attributes say. */

import { MigraineChat, TAG } from "./launcher";

const script = document.currentScript as HTMLScriptElement;

if (!customElements.get(TAG)) customElements.define(TAG, MigraineChat);

const settings = ["lang", "dir", ...script.getAttributeNames().filter((name) => name.startsWith("data-"))];
const chat = document.createElement(TAG);
for (const name of settings) {
  const value = script.getAttribute(name);
  if (value !== null) chat.setAttribute(name, value);
}
if (!script.hasAttribute("data-server")) chat.setAttribute("data-server", new URL(".", script.src).href);

// Included twice, as tag managers do: one launcher in a corner is enough.
const corner = chat.getAttribute("data-position") ?? "end";
const taken = [...document.querySelectorAll(TAG)].some(
  (other) => (other.getAttribute("data-position") ?? "end") === corner,
);
if (!taken) document.body.append(chat);
