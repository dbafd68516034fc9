/**
 * <migraine-chat>: the launcher, and what the host page talks to. The conversation is loaded when it is first opened.
 *
 * Attributes: data-server, data-title, data-accent (#rrggbb), data-position (end, start), data-strings (the address of
 * a JSON file, or the JSON itself), data-open; lang and dir as everywhere.
 * Methods: open(), close(), message(text). Events: chat-open, chat-close, chat-message.
 */

import { ink } from "./color";
import styles from "./launcher.css";
import { tel } from "./links";
import type { ChatPanel } from "./panel";
import { sheet } from "./sheet";
import { emergencyCalls, launcherStrings, type Strings } from "./strings";

export const TAG = "migraine-chat";

/** The file of the conversation, and where this script came from: the build knows the one, the page the other. */
declare const APP: string;
const base = (document.currentScript as HTMLScriptElement).src;

export class MigraineChat extends HTMLElement {
  static readonly observedAttributes = ["data-accent", "data-open", "data-strings", "data-title"];

  private readonly button = element("button", { type: "button", class: "launcher", "aria-haspopup": "dialog" });
  private readonly failure = element("div", { class: "failure", role: "alert" });
  private panel: Promise<ChatPanel> | undefined;
  private overrides: Partial<Strings> = {};
  private opener: Element | null = null;
  private tries = 0;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet(styles)];
    root.append(this.button, this.failure);
    this.button.addEventListener("click", () => void this.open());
    this.failure.hidden = true;
    this.write();
  }

  attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name === "data-accent") this.tint(value);
    if (name === "data-strings") void this.reword(value);
    if (name === "data-title") void this.ready().then((panel) => panel && (panel.heading = value));
    if (name === "data-open" && (old === null) !== (value === null)) void (value === null ? this.hide() : this.show());
  }

  /** Resolves when the conversation is on the screen. */
  async open(): Promise<void> {
    this.setAttribute("data-open", "");
    await this.ready();
  }

  close(): void {
    this.removeAttribute("data-open");
  }

  /** Open, and say `text` for the person. */
  async message(text: string): Promise<void> {
    await this.open();
    (await this.ready())?.say(text);
  }

  private async show(): Promise<void> {
    // A page that opens the chat by itself, as it loads, keeps its focus.
    const focus = this.isConnected;
    this.opener = document.activeElement;
    this.failure.hidden = true;
    this.button.textContent = this.words.opening;
    try {
      const panel = await (this.panel ??= this.load());
      if (this.hasAttribute("data-open")) {
        panel.show(focus);
        this.button.hidden = true;
        this.tell("chat-open");
      }
    } catch {
      this.panel = undefined;
      this.fail();
    }
    this.write();
  }

  private async hide(): Promise<void> {
    this.button.hidden = false;
    const panel = await this.ready();
    if (!panel?.shown) return;
    const focused = this.shadowRoot!.activeElement !== null;
    panel.hide();
    const { opener } = this;
    const elsewhere = opener instanceof HTMLElement && opener !== document.body && !opener.isSameNode(this);
    if (focused) (elsewhere ? opener : this.button).focus();
    this.tell("chat-close");
  }

  /** The panel, or nothing if it was never wanted or could not be loaded. */
  private async ready(): Promise<ChatPanel | undefined> {
    return await this.panel?.catch(() => undefined);
  }

  private async load(): Promise<ChatPanel> {
    // A browser may remember that an address failed, and not ask again: each try has its own.
    this.tries += 1;
    const address = new URL(APP, base).href + (this.tries > 1 ? `?try=${this.tries}` : "");
    const { createPanel } = (await import(address)) as typeof import("./panel");
    const panel = createPanel({
      server: new URL(this.getAttribute("data-server") ?? ".", base).href.replace(/\/?$/, "/"),
      heading: this.getAttribute("data-title"),
      overrides: this.overrides,
      close: () => this.close(),
      // Without the words: pages carry other people's scripts, and what is said here is about health.
      heard: ({ id, role, topic, urgency }) => this.tell("chat-message", { id, role, topic, urgency }),
    });
    this.shadowRoot!.append(panel);
    return panel;
  }

  /** The one part that must work without the server: whom to call. The launcher stays, to try again. */
  private fail(): void {
    this.close();
    const close = element("button", { type: "button" }, this.words.close);
    close.addEventListener("click", () => {
      this.failure.hidden = true;
      this.button.focus();
    });
    this.failure.replaceChildren(
      element("p", {}, this.words.loadFailed),
      element("p", {}, this.words.emergency),
      ...emergencyCalls.map((call) => element("a", { href: tel(call.tel) }, call.title)),
      close,
    );
    this.failure.hidden = false;
  }

  private get words(): typeof launcherStrings {
    return { ...launcherStrings, ...this.overrides };
  }

  private write(): void {
    this.button.textContent = this.words.launcher;
  }

  private async reword(value: string | null): Promise<void> {
    try {
      const json = value?.trim().startsWith("{") ? value : await (await fetch(new URL(value ?? "", base))).text();
      this.overrides = JSON.parse(json) as Partial<Strings>;
    } catch {
      console.warn(`${TAG}: data-strings is neither JSON nor the address of a JSON file.`);
    }
    this.write();
    const panel = await this.ready();
    if (panel) panel.overrides = this.overrides;
  }

  private tint(value: string | null): void {
    const words = value ? ink(value) : undefined;
    if (value && !words) console.warn(`${TAG}: data-accent must be a color such as #1f5f6b.`);
    this.style.setProperty("--clinic", words ? value : null);
    this.style.setProperty("--on-clinic", words ?? null);
  }

  private tell(type: string, detail?: object): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string>,
  text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}
