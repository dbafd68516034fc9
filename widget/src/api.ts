/** The client of the server: one method a request, errors by what a person can do about them. */

import type { Config, Message } from "./contract";

/**
 * offline: the server was not reached. expired: the session is no more. busy: later it may work.
 * refused: the same message will never be taken. failed: anything else.
 */
export type Trouble = "offline" | "expired" | "busy" | "refused" | "failed";

export class ApiError extends Error {
  constructor(
    readonly trouble: Trouble,
    /** Seconds that the server asked to wait. */
    readonly wait: number | null = null,
  ) {
    super(trouble);
  }
}

const TROUBLES: Record<number, Trouble> = {
  400: "refused",
  401: "expired",
  403: "refused",
  409: "refused",
  413: "refused",
  429: "busy",
  503: "busy",
};
const TRIES = 3;
const LONGEST_WAIT = 5;
/** Longer than the server takes to say that it has no answer. */
const TIMEOUT = 30_000;

interface Options {
  method?: string;
  token?: string;
  body?: object;
}

export class Client {
  /** `server` ends with a slash. */
  constructor(private readonly server: string) {}

  async begin(): Promise<string> {
    return (await this.ask<{ token: string }>("sessions", { method: "POST" })).token;
  }

  config(): Promise<Config> {
    return this.ask("config", {});
  }

  async history(token: string): Promise<Message[]> {
    return (await this.ask<{ messages: Message[] }>("messages", { token })).messages;
  }

  /** Safe to repeat: the server knows the message by its id. */
  async send(token: string, id: string, text: string): Promise<Message[]> {
    const body = { id, text };
    return (await this.ask<{ messages: Message[] }>("messages", { method: "POST", token, body })).messages;
  }

  erase(token: string): Promise<void> {
    return this.ask("session", { method: "DELETE", token });
  }

  rate(token: string, message: string, helpful: boolean): Promise<void> {
    return this.ask("feedback", { method: "POST", token, body: { message, helpful } });
  }

  /** Every request may be repeated without harm, so a busy server is asked again. */
  private async ask<T>(path: string, options: Options): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.request<T>(path, options);
      } catch (error) {
        const wait = error instanceof ApiError && error.trouble === "busy" ? (error.wait ?? tries) : Infinity;
        if (tries === TRIES || wait > LONGEST_WAIT) throw error;
        await new Promise((done) => setTimeout(done, wait * 1000));
      }
    }
  }

  private async request<T>(path: string, { method = "GET", token, body }: Options): Promise<T> {
    const headers: Record<string, string> = {};
    if (token) headers["Authorization"] = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    let response: Response;
    let content: unknown;
    try {
      response = await fetch(this.server + path, {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT),
      });
      content = response.ok && response.status !== 204 ? await response.json() : undefined;
    } catch {
      throw new ApiError("offline");
    }
    if (!response.ok) {
      const wait = Number.parseFloat(response.headers.get("Retry-After") ?? "");
      throw new ApiError(TROUBLES[response.status] ?? "failed", Number.isNaN(wait) ? null : wait);
    }
    return content as T;
  }
}
