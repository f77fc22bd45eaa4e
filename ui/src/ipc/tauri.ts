import { Channel, invoke } from '@tauri-apps/api/core';
import { Blobs } from './blobs';
import type { Carrier } from './client';
import { metered } from './metered';
import type { AttachmentFile, AttachmentQuery, JoinResult, PackReport, SyncProgress, SyncResult } from './types';

/** After these another town is meant, whose pictures may have the same names. */
const OTHER_TOWN = ['join', 'use_town', 'leave_town'];

/** The carrier inside the app's own window. */
export function tauriCarrier(): Carrier {
  const pictures = new Blobs();

  /** A picture gets an address that the web view can show; what another app shows keeps its path. */
  const attachment = async (wanted: AttachmentQuery): Promise<AttachmentFile> => {
    const found = await invoke<AttachmentFile>('attachment', { ...wanted });
    if (!Blobs.shows(found.media_type)) return found;
    const name = JSON.stringify([wanted.notice, wanted.path, found.bytes]);
    const file = await pictures.url(name, found.media_type, () => attachmentBytes(wanted.notice, wanted.path));
    return { ...found, file };
  };
  const channel = (onProgress: (progress: SyncProgress) => void) => {
    const channel = new Channel<SyncProgress>();
    channel.onmessage = onProgress;
    return channel;
  };

  return {
    tile: async (source, z, x, y) => bytesOf(await invoke<ArrayBuffer | number[]>('map_tile', { source, z, x, y })),
    gsiTile: async (z, x, y) => bytesOf(await invoke<ArrayBuffer | number[]>('gsi_tile', { z, x, y })),
    async call(command, args) {
      if (command === 'attachment') return attachment(args as AttachmentQuery);
      const answer = await invoke(command, args as Record<string, unknown>);
      if (OTHER_TOWN.includes(command)) pictures.clear();
      return answer;
    },
    packs: (onProgress) => invoke<PackReport>('fetch_packs', { onProgress: channel(onProgress) }),
    sync: (onProgress) => invoke<SyncResult>('sync', { metered: metered(), onProgress: channel(onProgress) }),
    async join(wanted, onProgress) {
      const joined = await invoke<JoinResult>('join', { ...wanted, onProgress: channel(onProgress) });
      pictures.clear();
      return joined;
    },
  };
}

/** The content of a file of a notice. */
export async function attachmentBytes(notice: string, path: string): Promise<ArrayBuffer> {
  return bytesOf(await invoke<ArrayBuffer | number[]>('attachment_bytes', { notice, path })).buffer;
}

/** Web views without binary answers give the numbers one by one. */
const bytesOf = (bytes: ArrayBuffer | number[]): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
