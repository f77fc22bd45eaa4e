import { marked } from '../../app/i18n.svelte';
import { app } from '../../app/store.svelte';
import { nothing, tally, type Tally } from '../../app/tally';
import { snack } from '../../app/undo.svelte';
import { CallError } from '../../ipc/client';
import { fetchPacks } from '../../ipc/tiles';

/** The fetching of map packs. It belongs to no screen: the reader may leave, and it goes on. */
class Packs {
  busy = $state(false);
  far = $state.raw<Tally>(nothing);
  error = $state.raw<CallError | undefined>(undefined);
  /** Bytes that have to be freed before they can come. */
  lacking = $state(0);

  async fetch(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = undefined;
    this.far = nothing;
    try {
      const { error, room } = await fetchPacks((progress) => (this.far = tally(this.far, progress)));
      this.lacking = room ? Math.max(0, room.needed - (room.free ?? 0)) : 0;
      if (error) throw new CallError(error.code, error.message);
      snack.show(marked('map.packs.done'));
    } catch (error) {
      this.error = error instanceof CallError ? error : new CallError('carrier', String(error));
    }
    this.busy = false;
    // Whoever showed what the phone holds, reads it again; it may say something else of a place of mine.
    await app.reload();
  }
}

export const packs = new Packs();
