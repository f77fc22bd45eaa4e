/** Which documents are at hand, by program. Kept on this phone only. */
const KEY = 'benefits.documents';

type Ticked = Record<string, string[]>;

function read(): Ticked {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Ticked;
  } catch {
    return {};
  }
}

class Checklist {
  #ticked = $state.raw<Ticked>(read());

  has = (program: string, document: string): boolean => this.#ticked[program]?.includes(document) ?? false;

  set(program: string, document: string, on: boolean): void {
    const others = (this.#ticked[program] ?? []).filter((one) => one !== document);
    this.put({ ...this.#ticked, [program]: on ? [...others, document] : others });
  }

  /** Everything, for taking back. */
  get all(): Ticked {
    return this.#ticked;
  }
  put(ticked: Ticked): void {
    this.#ticked = ticked;
    try {
      if (Object.keys(ticked).length === 0) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify(ticked));
    } catch {
      // It holds while the app runs.
    }
  }
}

export const checklist = new Checklist();
