import { app } from '../../app/store.svelte';
import { join, type CallError } from '../../ipc/client';
import type { JoinResult, SyncProgress } from '../../ipc/types';

/** A first sync under way. It belongs to no screen: the reader may leave, and it goes on. */
class Joining {
  address = $state('');
  busy = $state(false);
  kind = $state<string>('checking');
  result = $state.raw<JoinResult | undefined>(undefined);
  error = $state.raw<CallError | undefined>(undefined);
  #parts = $state.raw<Record<string, { bytes: number; total: number }>>({});

  /** Bytes here and bytes in all, of the collections known so far. */
  get done(): number {
    return Object.values(this.#parts).reduce((sum, part) => sum + part.bytes, 0);
  }
  get total(): number {
    return Object.values(this.#parts).reduce((sum, part) => sum + part.total, 0);
  }

  async start(address: string): Promise<void> {
    if (this.busy) return;
    this.address = address;
    this.error = undefined;
    this.result = undefined;
    this.#parts = {};
    this.kind = 'checking';
    this.busy = true;
    try {
      this.result = await join({ address }, (progress) => this.#take(progress));
    } catch (error) {
      this.error = error as CallError;
    }
    await app.reload();
    this.busy = false;
  }

  /** Begins anew, for another town. */
  clear(): void {
    if (this.busy) return;
    this.result = undefined;
    this.error = undefined;
  }

  #take({ kind, collection, bytes, total }: SyncProgress): void {
    this.kind = kind;
    if (!collection) return;
    const known = this.#parts[collection] ?? { bytes: 0, total: 0 };
    const whole = total ?? known.total;
    this.#parts = { ...this.#parts, [collection]: { bytes: kind === 'fetched' ? whole : (bytes ?? known.bytes), total: whole } };
  }
}

export const joining = new Joining();
