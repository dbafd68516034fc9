import { html } from "lit";

import type { Setting, settings as Settings } from "../settings";
import type { Strings } from "../strings";

interface Menu {
  words: Strings;
  settings: typeof Settings;
  empty: boolean;
  confirming: boolean;
  onCopy: () => void;
  onPrint: () => void;
  onStartOver: () => void;
  onErase: () => void;
  onKeep: () => void;
  onConfirm: () => void;
}

/** How the chat looks, and what can be done with the conversation. */
export function menu(menu: Menu) {
  return html`<div id="menu" role="group" aria-label=${menu.words.menu}>
    ${menu.confirming ? question(menu) : items(menu)}
  </div>`;
}

function items({ words, settings, empty, onCopy, onPrint, onStartOver, onErase }: Menu) {
  const toggle = (name: Setting, label: string) => html`
    <button type="button" aria-pressed=${settings.get(name)} @click=${() => settings.toggle(name)}>${label}</button>
  `;
  const action = (label: string, act: () => void) => html`
    <button type="button" ?disabled=${empty} @click=${act}>${label}</button>
  `;
  return html`
    ${toggle("large", words.large)} ${toggle("times", words.times)}
    <hr />
    ${action(words.copy, onCopy)} ${action(words.print, onPrint)}
    <hr />
    ${action(words.startOver, onStartOver)} ${action(words.erase, onErase)}
  `;
}

function question({ words, onKeep, onConfirm }: Menu) {
  return html`
    <p id="erase-ask">${words.eraseAsk}</p>
    <button type="button" id="keep" aria-describedby="erase-ask" @click=${onKeep}>${words.eraseNo}</button>
    <button type="button" aria-describedby="erase-ask" @click=${onConfirm}>${words.eraseYes}</button>
  `;
}
