import type { Hazard, RunningAlert, Settings } from '../../src/ipc/types';

/** What the fake phone shows: an ordinary day unless said otherwise. */
export interface Case {
  age?: 'fresh' | 'offline' | 'unreachable' | 'stale' | 'never';
  alert?: RunningAlert['level'];
  hazard?: Hazard;
  /** A drill runs; beside `alert`, if that is given too. */
  drill?: boolean;
  /** 5,000 notices. */
  many?: boolean;
  /** One of each. */
  one?: boolean;
  /** Names as long as towns make them. */
  long?: boolean;
  empty?: boolean;
  town?: boolean;
  /** How many towns were joined. */
  towns?: number;
  /** Nothing answers. */
  slow?: boolean;
  /** The phone's own store is broken. */
  broken?: boolean;
  /** How joining a town ends: `ok`, `later`, `slow`, or the code of a refusal. */
  join?: string;
  /** A mother and her child; with `income` her salary is told. */
  household?: 'open' | 'income';
  /** There is news for it: a last day, something that opens and something that has opened. */
  news?: boolean;
  /** The household cannot be read. */
  locked?: 'no-key' | 'key-lost' | 'damaged';
  /** What the device can do, and what it says when asked where it is. */
  device?: { share?: boolean; open?: boolean; position?: boolean; answer?: 'here' | 'refused' | 'off' | 'late' | 'asking' };
  /** The town has no maps, or they are not on the phone yet. */
  maps?: 'none' | 'away';
  /** There is no room for maps on the phone. */
  full?: boolean;
  /** Home and parents are among my places; at the parents' the map has changed. */
  mine?: boolean;
  settings?: Partial<Settings>;
}

/** A name made as long as the case wants it. */
export const stretch = (fake: Case, name: string): string => (fake.long ? `${name}（${'長い名前のついたものの例として、'.repeat(3)}ここまで）` : name);
