import type { SyncProgress } from '../ipc/types';

/** How far a sync is: what it does, bytes here and bytes in all, of the collections known so far. */
export interface Tally {
  kind: SyncProgress['kind'];
  done: number;
  total: number;
  parts: Readonly<Record<string, { bytes: number; total: number }>>;
}

export const nothing: Tally = { kind: 'checking', done: 0, total: 0, parts: {} };

/** The tally after one more piece of news. */
export function tally(before: Tally, { kind, collection, bytes, total }: SyncProgress): Tally {
  if (!collection) return { ...before, kind };
  const known = before.parts[collection] ?? { bytes: 0, total: 0 };
  const whole = total ?? known.total;
  const parts = { ...before.parts, [collection]: { bytes: kind === 'fetched' ? whole : (bytes ?? known.bytes), total: whole } };
  const sum = (of: 'bytes' | 'total') => Object.values(parts).reduce((all, part) => all + part[of], 0);
  return { kind, done: sum('bytes'), total: sum('total'), parts };
}
