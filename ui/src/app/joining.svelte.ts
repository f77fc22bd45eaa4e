import { join, type CallError } from '../ipc/client';
import type { JoinResult } from '../ipc/types';
import { marked } from './i18n.svelte';
import { router } from './router.svelte';
import { app } from './store.svelte';
import { nothing, tally, type Tally } from './tally';
import { snack } from './undo.svelte';

/** A first sync under way. It belongs to no screen: the reader may leave, and it goes on. */
class Joining {
  /** What the reader gave, to be seen again where it led to nothing: a link keeps its mark. */
  typed = $state('');
  address = $state('');
  busy = $state(false);
  far = $state.raw<Tally>(nothing);
  result = $state.raw<JoinResult | undefined>(undefined);
  error = $state.raw<CallError | undefined>(undefined);

  async start(typed: string, address: string, fingerprint?: string): Promise<void> {
    if (this.busy) return;
    this.typed = typed;
    this.address = address;
    this.error = undefined;
    this.result = undefined;
    this.far = nothing;
    this.busy = true;
    try {
      const result = await join({ address, ...(fingerprint ? { fingerprint } : {}) }, (progress) => (this.far = tally(this.far, progress)));
      // Another town is meant now.
      await app.otherTown();
      this.result = result;
      this.#tell(marked('welcome.joined', { town: result.name || result.code }));
    } catch (error) {
      this.error = error as CallError;
      this.#tell(marked('welcome.error.title'));
    }
    this.busy = false;
  }

  /** Begins anew, for another town. */
  clear(): void {
    if (this.busy) return;
    this.result = undefined;
    this.error = undefined;
  }

  /** Says how it ended to whoever left meanwhile. */
  #tell(words: string): void {
    if (router.location.path !== '/welcome') snack.show(words);
  }
}

export const joining = new Joining();
