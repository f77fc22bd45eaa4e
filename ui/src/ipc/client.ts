import { httpCarrier } from './http';
import { tauriCarrier } from './tauri';
import type { Command, Commands, JoinResult, PackReport, SyncProgress, SyncResult } from './types';

/** What a carrier must do: call a command, and sync with progress. */
export interface Carrier {
  call(command: string, args: unknown): Promise<unknown>;
  sync(on_progress: (progress: SyncProgress) => void): Promise<SyncResult>;
  /** Joins a town with the progress of its first sync; a carrier without it joins in silence. */
  join?(wanted: Commands['join']['args'], on_progress: (progress: SyncProgress) => void): Promise<JoinResult>;
  /** A tile of the map; a carrier without it has none. */
  tile?(source: string, z: number, x: number, y: number): Promise<Uint8Array>;
  /** A tile of the country's map (PNG); a carrier without it has none. */
  gsiTile?(z: number, x: number, y: number): Promise<Uint8Array>;
  /** Fetches map packs with their progress; a carrier without it does so in silence. */
  packs?(on_progress: (progress: SyncProgress) => void): Promise<PackReport>;
}

/** A refusal of the core, or of the way to it (`carrier`). */
export class CallError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'CallError';
  }
}

/** Makes a CallError of whatever a carrier throws. */
export function asCallError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) {
    return new CallError(String(error.code), String(error.message));
  }
  return new CallError('carrier', error instanceof Error ? error.message : String(error));
}

let carrier: Carrier | undefined;

/** Replaces the carrier; for tests. */
export function useCarrier(other: Carrier): void {
  carrier = other;
}

/** Is this the app's own window? */
export const inApp = (): boolean => '__TAURI_INTERNALS__' in window;

/** The carrier of this window. */
export function theCarrier(): Carrier {
  carrier ??= inApp() ? tauriCarrier() : httpCarrier();
  return carrier;
}

type NoArgs = Record<string, never>;
type Args<C extends Command> = Commands[C]['args'] extends NoArgs ? [] : [Commands[C]['args']];

/** Calls a command of the core. Throws a CallError. */
export async function call<C extends Command>(command: C, ...args: Args<C>): Promise<Commands[C]['result']> {
  try {
    return (await theCarrier().call(command, args[0] ?? {})) as Commands[C]['result'];
  } catch (error) {
    throw asCallError(error);
  }
}

/** Fetches what is new at the town, telling how far it is. */
export async function sync(onProgress: (progress: SyncProgress) => void): Promise<SyncResult> {
  try {
    return await theCarrier().sync(onProgress);
  } catch (error) {
    throw asCallError(error);
  }
}

/** Joins a town and fetches its content, telling how far it is. */
export async function join(wanted: Commands['join']['args'], onProgress: (progress: SyncProgress) => void): Promise<JoinResult> {
  const carrier = theCarrier();
  if (!carrier.join) return call('join', wanted);
  try {
    return await carrier.join(wanted, onProgress);
  } catch (error) {
    throw asCallError(error);
  }
}
