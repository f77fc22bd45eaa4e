/** Which element of a windowed list shows which row: one that has left the view takes the next that comes into it. To make a row anew
 * costs more than to change what it says, and what it leaves behind is cleared away in a frame that then comes late. */
export class Seats {
  #taken = new Map<string, number>();
  #free: number[] = [];
  #made = 0;

  /** Seats for these rows: who has one keeps it. */
  take(keys: readonly string[]): void {
    const wanted = new Set(keys);
    for (const [key, seat] of this.#taken) {
      if (wanted.has(key)) continue;
      this.#taken.delete(key);
      this.#free.push(seat);
    }
    for (const key of keys) if (!this.#taken.has(key)) this.#taken.set(key, this.#free.pop() ?? this.#made++);
  }

  of(key: string): number | undefined {
    return this.#taken.get(key);
  }
}
