/** Something that views look at, and that tells them when it changed. */

export class Observed {
  private readonly watchers = new Set<() => void>();

  /** Returns how to stop. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  protected changed(): void {
    for (const watcher of this.watchers) watcher();
  }
}
