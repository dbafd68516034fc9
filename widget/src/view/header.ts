import { html, nothing } from "lit";

import type { Strings } from "../strings";

interface Header {
  title: string;
  words: Strings;
  dim: boolean;
  menuOpen: boolean;
  onDim: () => void;
  onMenu: () => void;
  onClose: () => void;
}

/** The name of the chat, and what must be one press away: dimming, and leaving. */
export function header({ title, words, dim, menuOpen, onDim, onMenu, onClose }: Header) {
  return html`
    <div class="header">
      <h2 id="title" tabindex="-1">${title}</h2>
      <div class="controls">
        <button type="button" aria-pressed=${dim} title=${words.dimLong} @click=${onDim}>${words.dim}</button>
        <button
          type="button"
          id="menu-button"
          aria-expanded=${menuOpen}
          aria-controls=${menuOpen ? "menu" : nothing}
          @click=${onMenu}
        >
          ${words.menu}
        </button>
        <button type="button" @click=${onClose}>${words.close}</button>
      </div>
    </div>
  `;
}
