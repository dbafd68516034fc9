/** How a person wants to see the chat: remembered, and the same in every tab and every widget. */

import { Observed } from "./observed";
import { recall, remember } from "./storage";

const NAMES = ["dim", "large", "times"] as const;
export type Setting = (typeof NAMES)[number];

class Settings extends Observed {
  private readonly on = new Set<Setting>();

  constructor() {
    super();
    this.read();
    addEventListener("storage", () => this.read());
  }

  get(name: Setting): boolean {
    return this.on.has(name);
  }

  toggle(name: Setting): void {
    remember(name, this.get(name) ? "off" : "on");
    this.read();
  }

  private read(): void {
    this.on.clear();
    for (const name of NAMES) if (recall(name) === "on") this.on.add(name);
    this.changed();
  }
}

export const settings = new Settings();
