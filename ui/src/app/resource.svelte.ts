import { untrack } from 'svelte';
import type { CallError } from '../ipc/client';
import { remembered } from './router.svelte';
import { app } from './store.svelte';

/** What a screen read from the core. */
export interface Resource<T> {
  /** The newest answer; it stays while the next one is on its way, so that nothing jumps. */
  value: T | undefined;
  readonly error: CallError | undefined;
  reload(): void;
}

/** Reads from the core: at once, when what `read` depends on changes, and when the phone's content changed.
 * With a name the answer is there at once when the reader comes back to this entry of the history. */
export function resource<T>(read: () => Promise<T>, name?: string): Resource<T> {
  const kept = name === undefined ? undefined : remembered<T | undefined>(`resource:${name}`, () => undefined);
  let value = $state.raw<T | undefined>(kept?.value);
  let error = $state.raw<CallError | undefined>(undefined);
  let turn = $state(0);
  let latest = 0;
  let waiting = false;

  $effect(() => {
    void turn;
    void app.revision;
    const asked = read();
    const mine = untrack(() => (latest += 1));
    waiting = true;
    asked.then(
      (answer) => {
        // An older question's answer must not overwrite a newer one's.
        if (mine !== latest) return;
        waiting = false;
        value = answer;
        error = undefined;
        if (kept) kept.value = answer;
      },
      (reason: CallError) => {
        if (mine !== latest) return;
        waiting = false;
        error = reason;
      },
    );
  });

  return {
    get value() {
      return value;
    },
    set value(next: T | undefined) {
      value = next;
      if (kept) kept.value = next;
      // An answer that is on its way does not know this yet: ask anew.
      if (waiting) turn += 1;
    },
    get error() {
      return error;
    },
    reload() {
      turn += 1;
    },
  };
}
