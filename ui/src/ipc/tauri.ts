import { Channel, invoke } from '@tauri-apps/api/core';
import type { Carrier } from './client';
import type { JoinResult, SyncProgress, SyncResult } from './types';

/** The carrier inside the app's own window. */
export function tauriCarrier(): Carrier {
  return {
    call: (command, args) => invoke(command, args as Record<string, unknown>),
    sync(on_progress) {
      const channel = new Channel<SyncProgress>();
      channel.onmessage = on_progress;
      return invoke<SyncResult>('sync', { on_progress: channel, onProgress: channel });
    },
    join(wanted, on_progress) {
      const channel = new Channel<SyncProgress>();
      channel.onmessage = on_progress;
      return invoke<JoinResult>('join', { ...wanted, on_progress: channel, onProgress: channel });
    },
  };
}
