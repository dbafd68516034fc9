/** The conversation with one server: what was said, what is on its way, and what went wrong. */

import { ApiError, Client, type Trouble } from "./api";
import type { Config, Message } from "./contract";
import { Observed } from "./observed";
import { Session } from "./session";
import { recall, remember } from "./storage";
import { uuid } from "./uuid";

/** A message, how far it got, and whether it came just now or from the history. */
export type Entry = Message & { state: "sending" | "sent" | Trouble; live: boolean };

/** What the conversation has to say for itself, by the name of its words in the strings. */
export type Notice = "expired" | "erased" | "eraseFailed" | "historyFailed" | "feedbackFailed";

export class Conversation extends Observed {
  entries: Entry[] = [];
  config: Config | null = null;
  notice: Notice | null = null;
  loading = false;
  /** The server cannot be reached, whatever the browser says of the network. */
  unreachable = false;
  readonly ratings = new Map<string, boolean>();

  private readonly client: Client;
  private readonly session: Session;
  private readonly tabs: BroadcastChannel;
  private readonly arrivals = new Set<(message: Message) => void>();
  private deliveries: Promise<void> = Promise.resolve();
  private loaded = false;

  private constructor(private readonly server: string) {
    super();
    this.client = new Client(server);
    this.session = new Session(this.client, server);
    this.tabs = new BroadcastChannel(`migraine-chat:${server}`);
    this.tabs.onmessage = () => void this.refresh();
    addEventListener("online", () => void this.reconnect());
    addEventListener("offline", () => this.changed());
  }

  private static readonly all = new Map<string, Conversation>();

  /** Widgets of one page that ask the same server show the same conversation. */
  static with(server: string): Conversation {
    let conversation = this.all.get(server);
    if (!conversation) this.all.set(server, (conversation = new Conversation(server)));
    return conversation;
  }

  get offline(): boolean {
    return !navigator.onLine || this.unreachable;
  }

  get waiting(): boolean {
    return this.entries.some((entry) => entry.state === "sending");
  }

  /** Call `heard` with each message as it is sent or comes in. */
  listen(heard: (message: Message) => void): () => void {
    this.arrivals.add(heard);
    return () => this.arrivals.delete(heard);
  }

  /** Ask for what the first screen needs, and for what was said before. */
  async load(): Promise<void> {
    if (this.loaded) return;
    this.loaded = true;
    this.loading = this.session.token !== null;
    this.changed();
    await Promise.all([this.configure(), this.refresh()]);
    // Only after the history is on the screen: a screen reader must not read all of it aloud.
    await new Promise((shown) => setTimeout(shown));
    this.loading = false;
    this.changed();
  }

  send(text: string): void {
    const entry: Entry = {
      id: uuid(),
      role: "person",
      text,
      sent_at: new Date().toISOString(),
      buttons: [],
      links: [],
      sources: [],
      reviewed: null,
      urgency: null,
      calls: [],
      topic: null,
      state: "sending",
      live: true,
    };
    this.entries = [...this.entries, entry];
    this.notice = null;
    this.arrived([entry]);
    this.deliver(entry);
  }

  resend(entry: Entry): void {
    this.mark(entry, "sending");
    this.deliver(entry);
  }

  /** Erase everything on the server, then here. */
  async erase(): Promise<void> {
    const token = this.session.token;
    try {
      if (token) await this.client.erase(token);
    } catch (error) {
      if (!expired(error)) {
        this.notice = "eraseFailed";
        this.changed();
        return;
      }
    }
    if (token) this.session.close(token);
    this.clear([], "erased");
    this.tellTabs();
  }

  async rate(message: string, helpful: boolean): Promise<void> {
    const token = this.session.token;
    if (!token) return;
    this.ratings.set(message, helpful);
    this.changed();
    try {
      await this.client.rate(token, message, helpful);
    } catch {
      this.ratings.delete(message);
      this.notice = "feedbackFailed";
      this.changed();
    }
  }

  /** One after the other, in the order in which they were written. */
  private deliver(entry: Entry): void {
    this.deliveries = this.deliveries.then(() => this.exchange(entry));
  }

  private async exchange(entry: Entry, renew = true): Promise<void> {
    // Erased while it waited for its turn.
    if (!this.entries.some((other) => other.id === entry.id)) return;
    try {
      const token = await this.session.open();
      const replies = await this.client.send(token, entry.id, entry.text);
      this.unreachable = false;
      // Erased while the answer was on its way: it belongs to nothing any more.
      if (this.session.token !== token) return this.mark(entry, "failed");
      this.mark(entry, "sent");
      this.entries = [...this.entries, ...fresh(replies, this.entries).map((reply) => sent(reply, true))];
      this.arrived(replies);
      this.tellTabs();
    } catch (error) {
      const trouble = error instanceof ApiError ? error.trouble : "failed";
      if (trouble === "expired" && renew) {
        this.end();
        return await this.exchange(entry, false);
      }
      this.unreachable = trouble === "offline";
      this.mark(entry, trouble);
    }
    this.changed();
  }

  /** The session is over: drop what it held and say so. */
  private end(): void {
    const token = this.session.token;
    if (token) this.session.close(token);
    this.clear(this.unsent, "expired");
  }

  private get unsent(): Entry[] {
    return this.entries.filter((entry) => entry.state !== "sent");
  }

  private async configure(): Promise<void> {
    const name = `config:${this.server}`;
    try {
      this.config = await this.client.config();
      remember(name, JSON.stringify(this.config));
    } catch (error) {
      this.unreachable = error instanceof ApiError && error.trouble === "offline";
      // The clinic's number matters most when the server is down.
      this.config = JSON.parse(recall(name) ?? "null") as Config | null;
    }
  }

  /** Show what the server knows, and below it what it has not got yet. */
  private async refresh(): Promise<void> {
    const token = this.session.token;
    if (!token) {
      const unsent = this.unsent;
      if (unsent.length < this.entries.length) this.clear(unsent, "erased");
      return;
    }
    try {
      const history = (await this.client.history(token)).map((message) => sent(message, false));
      this.entries = [...history, ...fresh(this.unsent, history)];
      this.unreachable = false;
    } catch (error) {
      if (expired(error)) this.end();
      else this.notice = "historyFailed";
    }
    this.changed();
  }

  private async reconnect(): Promise<void> {
    this.unreachable = false;
    this.changed();
    if (!this.config && this.loaded) await this.configure();
    for (const entry of this.entries) if (entry.state === "offline") this.resend(entry);
  }

  private clear(entries: Entry[], notice: Notice): void {
    this.entries = entries;
    this.notice = notice;
    this.ratings.clear();
    this.changed();
  }

  private mark(entry: Entry, state: Entry["state"]): void {
    this.entries = this.entries.map((other) => (other.id === entry.id ? { ...other, state } : other));
    this.changed();
  }

  private arrived(messages: Message[]): void {
    for (const message of messages) for (const heard of this.arrivals) heard(message);
  }

  private tellTabs(): void {
    this.tabs.postMessage("changed");
  }
}

function sent(message: Message, live: boolean): Entry {
  return { ...message, state: "sent", live };
}

function expired(error: unknown): boolean {
  return error instanceof ApiError && error.trouble === "expired";
}

/** Those of `messages` that are not in `known` yet. */
function fresh<M extends Message>(messages: M[], known: Message[]): M[] {
  const ids = new Set(known.map((message) => message.id));
  return messages.filter((message) => !ids.has(message.id));
}
