import { asCallError, theCarrier } from './client';
import type { PackReport, SyncProgress } from './types';

/** A tile of the map (MVT): of the base map, or of a layer of zones by its id. Without bytes there is nothing there. Throws a CallError. */
export async function mapTile(source: string, z: number, x: number, y: number): Promise<Uint8Array> {
  try {
    return (await theCarrier().tile?.(source, z, x, y)) ?? new Uint8Array();
  } catch (error) {
    throw asCallError(error);
  }
}

/** Fetches the map packs that are not on this phone yet, telling how far it is. Throws a CallError. */
export async function fetchPacks(onProgress: (progress: SyncProgress) => void): Promise<PackReport> {
  try {
    const carrier = theCarrier();
    return carrier.packs ? await carrier.packs(onProgress) : ((await carrier.call('fetch_packs', {})) as PackReport);
  } catch (error) {
    throw asCallError(error);
  }
}
