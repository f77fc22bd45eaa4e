import type { HouseholdState } from './types';

// Which documents are at hand, by program: kept with the household, and changed one at a time.

type Ticked = HouseholdState['documents'];

export const at = (ticked: Ticked | undefined, program: string, document: string): boolean => ticked?.[program]?.includes(document) ?? false;

/** With one more, or one less; a program without any is not named. */
export function withTick(ticked: Ticked, program: string, document: string, on: boolean): Ticked {
  const { [program]: own = [], ...others } = ticked;
  const rest = own.filter((one) => one !== document);
  const next = on ? [...rest, document] : rest;
  return next.length > 0 ? { ...others, [program]: next } : others;
}
