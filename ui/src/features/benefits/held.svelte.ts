import { marked } from '../../app/i18n.svelte';
import { call, type CallError } from '../../ipc/client';
import { snack } from '../../app/undo.svelte';
import { at, withTick } from './checklist';
import { kept, same, type Kept } from './household';
import type { HouseholdState, Open } from './types';

/** The household as this phone keeps it, for all screens that use it. */
class Held {
  state = $state.raw<HouseholdState | undefined>(undefined);
  error = $state.raw<CallError | undefined>(undefined);
  /** Grows with every change: what was worked out is worked out again. */
  revision = $state(0);
  /** Questions that the reader does not know an answer to. They are not asked again while the app runs. */
  later = $state.raw<Open[]>([]);
  #ticks = 0;

  get kept(): Kept {
    return kept(this.state);
  }
  get people(): Kept['household']['people'] {
    return this.kept.household.people;
  }

  async load(): Promise<void> {
    try {
      this.state = await call('household');
      this.error = undefined;
    } catch (error) {
      this.error = error as CallError;
    }
  }

  /** Keeps it. Throws what the core refuses; then all is as before. */
  async save(next: Kept): Promise<void> {
    this.state = await call('save_household', next);
    this.revision += 1;
  }

  /** Keeps it, and offers to take that back. */
  async saveWithUndo(next: Kept, words: string): Promise<void> {
    const before = this.state?.household ? this.kept : undefined;
    await this.save(next);
    snack.show(words, () => void this.#back(before));
  }

  async delete(): Promise<void> {
    const before = this.state?.household ? this.kept : undefined;
    const documents = Object.entries(this.state?.documents ?? {});
    this.state = await call('delete_household');
    this.later = [];
    this.revision += 1;
    const back = async (all: Kept) => {
      await this.#back(all);
      for (const [program, of] of documents) for (const document of of ?? []) await this.tick(program, document, true);
    };
    snack.show(marked('benefits.kept.deleted'), before ? () => void back(before) : undefined);
  }

  async #back(before: Kept | undefined): Promise<void> {
    try {
      if (before) await this.save(before);
      else this.state = await call('delete_household');
      this.revision += 1;
    } catch {
      snack.show(marked('benefits.failed'));
    }
  }

  /** Is a document for a program at hand? */
  has = (program: string, document: string): boolean => at(this.state?.documents, program, document);

  /** Notes that it is, or is not: shown at once, put right where it could not be kept. */
  async tick(program: string, document: string, on: boolean): Promise<void> {
    const before = this.state;
    if (before) this.state = { ...before, documents: withTick(before.documents, program, document, on) };
    const mine = (this.#ticks += 1);
    try {
      const kept = await call('tick_document', { program, document, ticked: on });
      // An older answer does not know of a newer tick.
      if (mine === this.#ticks) this.state = kept;
    } catch {
      if (this.state) this.state = { ...this.state, documents: withTick(this.state.documents, program, document, !on) };
      snack.show(marked('benefits.failed'));
    }
  }

  putOff(open: Open): void {
    this.later = [...this.later.filter((one) => !same(one, open)), open];
  }
  takeUp(open: Open): void {
    this.later = this.later.filter((one) => !same(one, open));
  }
}

export const held = new Held();
