import { remembered } from '../../app/router.svelte';
import { app } from '../../app/store.svelte';
import { marked } from '../../app/i18n.svelte';
import { snack } from '../../app/undo.svelte';
import { call, type CallError } from '../../ipc/client';
import type { NoticeList, NoticeQuery, NoticeRow } from '../../ipc/types';

const PAGE = 200;
type Question = Omit<NoticeQuery, 'limit' | 'before'>;

/** A list of notices that is read page by page, and is there at once when the reader comes back. */
export class Pages {
  #kept = remembered<NoticeList | undefined>('notices', () => undefined);
  list = $state.raw<NoticeList | undefined>(this.#kept.value);
  error = $state.raw<CallError | undefined>(undefined);
  #question: Question = {};
  #turn = 0;
  #busy = false;
  /** Grows when a mark is begun and when it is done: an answer that was asked for before does not know it. */
  #marks = 0;

  #show(list: NoticeList): void {
    this.list = list;
    this.#kept.value = list;
  }

  /** Asks anew; what is shown stays until the answer is there. As many rows as were shown are asked for again. */
  async ask(question: Question, again: boolean): Promise<void> {
    this.#question = question;
    const mine = (this.#turn += 1);
    const marks = this.#marks;
    const limit = again ? Math.min(1000, Math.max(PAGE, this.list?.rows.length ?? 0)) : PAGE;
    try {
      const list = await call('notices', { ...question, limit });
      if (mine !== this.#turn) return;
      if (marks !== this.#marks) return void (await this.ask(question, true));
      this.#show(list);
      this.error = undefined;
    } catch (error) {
      if (mine === this.#turn) this.error = error as CallError;
    }
  }

  /** The next page. */
  async more(): Promise<void> {
    const list = this.list;
    const last = list?.rows.at(-1);
    if (!list?.more || !last || this.#busy) return;
    this.#busy = true;
    const mine = this.#turn;
    const marks = this.#marks;
    try {
      const next = await call('notices', { ...this.#question, limit: PAGE, before: last.id });
      if (mine === this.#turn && marks === this.#marks) this.#show({ ...next, left_out: list.left_out, rows: [...list.rows, ...next.rows] });
    } catch {
      // The last row is gone since: list anew.
      if (mine === this.#turn) await this.ask(this.#question, true);
    } finally {
      this.#busy = false;
    }
  }

  /** Saves a notice or no longer; shown at once, taken back by undo or when the core refuses. */
  async save(row: NoticeRow): Promise<void> {
    const saved = !row.saved;
    const put = (to: boolean) => {
      if (!this.list) return;
      this.#show({
        ...this.list,
        rows: this.list.rows.map((other) => (other.id === row.id ? { ...other, saved: to } : other)),
      });
    };
    const set = async (to: boolean) => {
      put(to);
      this.#marks += 1;
      try {
        await call('mark', { id: row.id, as: to ? 'saved' : 'unsaved' });
      } catch (error) {
        put(!to);
        this.error = error as CallError;
      }
      this.#marks += 1;
      void app.recount();
    };
    await set(saved);
    snack.show(marked(saved ? 'notices.saved.done' : 'notices.unsaved.done'), () => void set(!saved));
  }
}
