/** The panel: the window of the conversation, loaded when it is first opened. */

import { html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { emergencyCalls, strings, type Strings } from "./strings";
import type { Message } from "./contract";
import { Conversation, type Entry } from "./conversation";
import { print } from "./print";
import { settings } from "./settings";
import { sheet } from "./sheet";
import { transcript } from "./transcript";
import messageStyles from "./view/message.css";
import paletteStyles from "./view/palette.css";
import panelStyles from "./view/panel.css";
import { composer } from "./view/composer";
import { firstScreen } from "./view/first-screen";
import { emergencyLine, offlineNotice } from "./view/help-line";
import { header } from "./view/header";
import { menu } from "./view/menu";
import { message, pending } from "./view/message";
import { suggestions } from "./view/suggestions";

const TAG = "migraine-chat-panel";
// Where the panel covers the page, the page must not be reached behind it.
const NARROW = matchMedia("(max-width: 30rem), (max-height: 30rem)");
const TOUCH = matchMedia("(pointer: coarse)");
/** So long a person may wait before a screen reader says that the answer is on its way. */
const SLOW = 1500;

interface Setup {
  server: string;
  heading: string | null;
  overrides: Partial<Strings>;
  close: () => void;
  heard: (message: Message) => void;
}

export function createPanel(setup: Setup): ChatPanel {
  if (!customElements.get(TAG)) customElements.define(TAG, ChatPanel);
  return Object.assign(document.createElement(TAG) as ChatPanel, setup);
}

export class ChatPanel extends LitElement implements Setup {
  static override styles = sheet(paletteStyles, panelStyles, messageStyles);
  static override properties = {
    server: { attribute: false },
    heading: { attribute: false },
    overrides: { attribute: false },
    draft: { state: true },
    menuOpen: { state: true },
    confirming: { state: true },
    said: { state: true },
  };

  declare server: string;
  declare heading: string | null;
  declare overrides: Partial<Strings>;
  declare close: () => void;
  declare heard: (message: Message) => void;
  declare private draft: string;
  declare private menuOpen: boolean;
  declare private confirming: boolean;
  /** What the panel itself has to say, below the conversation: "Copied." */
  declare private said: string;

  private conversation!: Conversation;
  private stop: (() => void)[] = [];
  private newest: string | undefined;
  private slow: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.draft = "";
    this.menuOpen = false;
    this.confirming = false;
    this.said = "";
  }

  // ---- what the launcher uses

  get shown(): boolean {
    return this.dialog?.open ?? false;
  }

  show(focus: boolean): void {
    this.performUpdate();
    this.cover();
    void this.conversation.load();
    if (focus) this.focusStart();
    this.toNewest();
  }

  hide(): void {
    this.menuOpen = false;
    this.dialog!.close();
  }

  say(text: string): void {
    this.said = "";
    this.conversation.send(text);
  }

  // ---- life

  override connectedCallback(): void {
    super.connectedCallback();
    this.conversation = Conversation.with(this.server);
    const update = () => this.requestUpdate();
    const adapt = () => this.adapt();
    NARROW.addEventListener("change", adapt);
    visualViewport?.addEventListener("resize", this.fit);
    this.stop = [
      this.conversation.watch(update),
      this.conversation.listen((message) => this.heard(message)),
      settings.watch(update),
      () => NARROW.removeEventListener("change", adapt),
      () => visualViewport?.removeEventListener("resize", this.fit),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stop) stop();
  }

  protected override updated(changed: PropertyValues): void {
    const { entries, waiting } = this.conversation;
    const last = entries.at(-1);
    const newest = last && last.id + last.state;
    if (newest !== this.newest) {
      this.newest = newest;
      this.toNewest();
    }
    if (changed.has("menuOpen") && this.menuOpen) this.find("#menu button")?.focus();
    if (changed.has("confirming") && this.confirming) this.find("#keep")?.focus();
    if (waiting && !this.slow) {
      this.slow = setTimeout(() => (this.said = this.words.writing), SLOW);
    } else if (!waiting && this.slow) {
      clearTimeout(this.slow);
      this.slow = undefined;
      if (this.said === this.words.writing) this.said = "";
    }
  }

  // ---- view

  protected override render() {
    const { conversation, words, language } = this;
    const { config, entries } = conversation;
    const emergency = config?.calls.emergency.length ? config.calls.emergency : emergencyCalls;
    const first = entries.length === 0 && !conversation.loading;
    const notice = this.said || (conversation.notice ? words[conversation.notice] : "");
    const last = entries.at(-1);
    return html`
      <dialog
        class="panel ${settings.get("dim") ? "dim" : ""} ${settings.get("large") ? "large" : ""}"
        aria-labelledby="title"
        lang=${language}
        @keydown=${this.onKey}
        @keyup=${keep}
        @keypress=${keep}
        @cancel=${(event: Event) => event.preventDefault()}
      >
        ${header({
          title: this.heading || words.title,
          words,
          dim: settings.get("dim"),
          menuOpen: this.menuOpen,
          onDim: () => settings.toggle("dim"),
          onMenu: () => (this.menuOpen ? this.closeMenu() : (this.menuOpen = true)),
          onClose: this.close,
        })}
        ${this.menuOpen
          ? menu({
              words,
              settings,
              empty: entries.length === 0,
              confirming: this.confirming,
              onCopy: () => this.copy(entries),
              onPrint: () => this.print(entries),
              onStartOver: () => this.choose(words.startOverMessage),
              onErase: () => (this.confirming = true),
              onKeep: () => this.closeMenu(),
              onConfirm: () => void this.erase(),
            })
          : nothing}
        <div class="scroll" role="region" aria-label=${words.conversation} tabindex="0">
          ${first ? firstScreen({ config, emergency, words, onStart: (title) => this.choose(title) }) : nothing}
          <div role="log" aria-label=${words.conversation} aria-live=${conversation.loading ? "off" : "polite"}
            aria-relevant="additions">
            ${repeat(
              entries,
              (entry) => entry.id,
              (entry) =>
                message({
                  entry,
                  emergency,
                  words,
                  language,
                  times: settings.get("times"),
                  helpful: conversation.ratings.get(entry.id),
                  onRate: (helpful) => this.rate(entry, helpful),
                  onResend: () => this.resend(entry),
                  onCopy: () => this.copy([entry]),
                  onPrint: () => this.print([entry]),
                }),
            )}
          </div>
          ${conversation.waiting ? pending() : nothing}
          ${last?.role === "assistant"
            ? suggestions({ buttons: last.buttons, words, onChoose: (payload) => this.choose(payload) })
            : nothing}
        </div>
        <p class="notice" role="status">${conversation.loading ? words.loading : notice}</p>
        ${conversation.offline ? offlineNotice({ config, emergency, words }) : nothing}
        ${composer({
          draft: this.draft,
          limit: config?.limits.characters ?? Infinity,
          words,
          onDraft: (draft) => (this.draft = draft),
          onSend: () => this.send(),
        })}
        ${first || conversation.offline ? nothing : emergencyLine({ emergency, words })}
      </dialog>
    `;
  }

  private get words(): Strings {
    return { ...strings, ...this.overrides };
  }

  private get language(): string {
    return this.closest("[lang]")?.getAttribute("lang") || (this.getRootNode() as ShadowRoot).host.getAttribute("lang") || "en";
  }

  // ---- what people do

  private send(): void {
    const text = this.draft.trim();
    const limit = this.conversation.config?.limits.characters ?? Infinity;
    if (!text || text.length > limit) return;
    this.draft = "";
    this.say(text);
  }

  /** The button that was pressed goes away: the focus must not. */
  private choose(text: string): void {
    this.menuOpen = false;
    this.say(text);
    this.focusHome();
  }

  private resend(entry: Entry): void {
    this.conversation.resend(entry);
    this.focusHome();
  }

  private rate(entry: Entry, helpful: boolean): void {
    this.said = "";
    void this.conversation.rate(entry.id, helpful);
  }

  private async erase(): Promise<void> {
    this.closeMenu();
    this.said = "";
    await this.conversation.erase();
    this.draft = "";
    this.find("#title")?.focus();
  }

  private async copy(messages: Message[]): Promise<void> {
    this.closeMenu();
    try {
      await navigator.clipboard.writeText(this.transcript(messages));
      this.said = this.words.copied;
    } catch {
      this.said = this.words.copyFailed;
    }
  }

  private print(messages: Message[]): void {
    this.closeMenu();
    print(this.transcript(messages), this.language, getComputedStyle(this).direction);
  }

  private transcript(messages: Message[]): string {
    return transcript(messages, this.heading || this.words.title, this.words, this.language);
  }

  private onKey(event: KeyboardEvent): void {
    keep(event);
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    if (this.menuOpen) this.closeMenu();
    else this.close();
  }

  private closeMenu(): void {
    if (!this.menuOpen) return;
    this.menuOpen = false;
    this.confirming = false;
    this.find("#menu-button")?.focus();
  }

  // ---- focus and place

  /** On the first screen there is something to read; later, something to write. */
  private focusStart(): void {
    if (this.conversation.entries.length) this.focusHome();
    else this.find("#title")?.focus();
  }

  /** Where writing is done; on a touch screen that would bring the keyboard up, over what there is to read. */
  private focusHome(): void {
    this.find(TOUCH.matches ? ".scroll" : "#write")?.focus();
  }

  /** Show the newest message from its first line, not its last. */
  private toNewest(): void {
    const scroll = this.find(".scroll");
    const newest = scroll?.querySelector<HTMLElement>(".message:last-child");
    if (scroll) scroll.scrollTop = newest ? newest.offsetTop - 12 : 0;
  }

  private cover(): void {
    if (NARROW.matches) this.dialog!.showModal();
    // Unlike show(), this leaves the focus where it is.
    else this.dialog!.open = true;
  }

  /** Zoomed in or turned around, the panel may come to cover the page, or no longer. */
  private adapt(): void {
    if (!this.shown) return;
    const focused = this.shadowRoot!.activeElement as HTMLElement | null;
    this.dialog!.close();
    this.cover();
    focused?.focus();
  }

  /** A keyboard on the screen takes room that only the visual viewport tells of. */
  private readonly fit = (): void => {
    const { height, scale } = visualViewport!;
    this.style.setProperty("--seen", `${Math.round(height * scale)}px`);
  };

  private get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  private find(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector(selector);
  }
}

/** What people type here is no shortcut of the page around, and none of its business. */
function keep(event: Event): void {
  event.stopPropagation();
}
