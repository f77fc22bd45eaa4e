import { asCallError, CallError, theCarrier } from './client';
import type { PackReport, SyncProgress } from './types';

/** A tile of the map (MVT): of the base map, or of a layer of zones by its id. Without bytes there is nothing there. Throws a CallError. */
export async function mapTile(source: string, z: number, x: number, y: number): Promise<Uint8Array> {
  try {
    return (await theCarrier().tile?.(source, z, x, y)) ?? new Uint8Array();
  } catch (error) {
    throw asCallError(error);
  }
}

/** A tile of the country's map (PNG), which the core keeps or fetches where the resident switched it on. Throws a CallError. */
export async function gsiTile(z: number, x: number, y: number): Promise<Uint8Array> {
  try {
    const carrier = theCarrier();
    if (!carrier.gsiTile) throw new CallError('carrier', 'no such tiles');
    return await carrier.gsiTile(z, x, y);
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
