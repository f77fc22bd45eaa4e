/** What was just done, and how to take it back. */
interface Done {
  words: string;
  undo: (() => void) | undefined;
}

class Snack {
  done = $state.raw<Done | undefined>(undefined);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Tells what was done and, where it can be taken back, offers that for a while. */
  show(words: string, undo?: () => void): void {
    clearTimeout(this.#timer);
    this.done = { words, undo };
    this.#timer = setTimeout(() => this.hide(), 8000);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.done = undefined;
  }

  undo(): void {
    this.done?.undo?.();
    this.hide();
  }
}

export const snack = new Snack();
