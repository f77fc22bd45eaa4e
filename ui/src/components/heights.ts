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

  /** Where each row begins, and at last where the list ends. */
  offsets(keys: readonly string[], estimate: number): Float64Array {
    const found = new Float64Array(keys.length + 1);
    let at = 0;
    keys.forEach((key, i) => {
      found[i] = at;
      at += this.#known.get(key) ?? estimate;
    });
    found[keys.length] = at;
    return found;
  }

  /** The row that covers `y`: the last that begins at or above it. */
  static at(offsets: Float64Array, y: number): number {
    let low = 0;
    let high = offsets.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((offsets[middle] ?? 0) <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }
}
