/** The heights of a list's rows, as far as they were measured. */
export class Heights {
  #known = new Map<string, number>();

  get(key: string): number | undefined {
    return this.#known.get(key);
  }

  /** True when that is news. */
  set(key: string, height: number): boolean {
    if (this.#known.get(key) === height) return false;
    this.#known.set(key, height);
    return true;
  }

  clear(): void {
    this.#known.clear();
  }
}

/** Where each row of a list begins, and where the list ends. Measuring changes it in place: who scrolls through thousands of rows
 * must not leave as many numbers behind in each frame, to be cleared away in a frame that then comes late. */
export class Tops {
  readonly #tops: Float64Array;

  constructor(keys: readonly string[], heights: Heights, estimate: number) {
    this.#tops = new Float64Array(keys.length + 1);
    let at = 0;
    keys.forEach((key, i) => {
      this.#tops[i] = at;
      at += heights.get(key) ?? estimate;
    });
    this.#tops[keys.length] = at;
  }

  /** Where a row begins. */
  of(index: number): number {
    return this.#tops[index] ?? 0;
  }

  /** Where the list ends. */
  get end(): number {
    return this.#tops.at(-1) ?? 0;
  }

  /** A row is higher than was thought: all behind it move. */
  grow(index: number, by: number): void {
    for (let i = index + 1; i < this.#tops.length; i += 1) this.#tops[i] = this.of(i) + by;
  }

  /** The row that covers `y`: the last that begins at or above it. */
  at(y: number): number {
    let low = 0;
    let high = this.#tops.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.of(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }
}
