/** The key to the conversation on one server: made when first needed, shared by all tabs. */

import type { Client } from "./api";
import { forget, recall, remember } from "./storage";

export class Session {
  private readonly name: string;

  constructor(
    private readonly client: Client,
    server: string,
  ) {
    this.name = `token:${server}`;
  }

  /** Read anew each time: another tab may have begun or ended it. */
  get token(): string | null {
    return recall(this.name);
  }

  /** The token there is, or a new one. Two tabs that ask at once get the same. */
  open(): Promise<string> {
    return alone(this.name, async () => {
      const token = this.token ?? (await this.client.begin());
      remember(this.name, token);
      return token;
    });
  }

  /** Forget `token`, unless another tab has a newer one by now. */
  close(token: string): void {
    if (this.token === token) forget(this.name);
  }
}

/** Run `work` while no other tab does. Old browsers have no locks: there it just runs. */
async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks ? await navigator.locks.request(`migraine-chat:${name}`, work) : await work();
}
