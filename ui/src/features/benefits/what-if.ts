import names from './fact-names.json';
import { put } from './days';
import { valueOf, withFact, withPerson } from './household';
import type { Facts, Household, Value } from './types';

// Copies of a household in which something is otherwise. None of them is ever kept.

/** A copy, and the day on which it is looked at. */
export interface Otherwise {
  household: Household;
  on: string | null;
}

export interface Baby {
  name: string;
  year: string;
  month: string;
  parents: string[];
  /** Who gives birth, where that is said. */
  by: number | undefined;
}

/** A baby born on the first of a month, looked at on that day unless it lies before today. */
export function withBaby(of: Household, { name, year, month, parents, by }: Baby, today: string): Otherwise | undefined {
  const day = put({ year, month, day: '1' });
  if (!day) return undefined;
  const facts: Facts = { ...names.baby, [names.born]: day, [names.parents]: parents };
  let household = withPerson(of, { name, facts });
  if (by !== undefined) {
    for (const [fact, value] of Object.entries(names.birth)) household = withFact(household, { fact, person: by }, value);
    household = withFact(household, { fact: names.birthDay, person: by }, day);
  }
  return { household, on: day > today ? day : null };
}

/** Someone's income of a kind is another one. Where no kind was told, this one is taken for the only one. */
export function withIncome(of: Household, person: number, fact: string, value: number): Otherwise {
  const kind = (names.incomes as Record<string, string>)[fact];
  const told = valueOf(of, { fact: names.incomeKinds, person });
  const kinds: Value = [...new Set([...(Array.isArray(told) ? told : []), ...(kind ? [kind] : [])])];
  const household = withFact(withFact(of, { fact, person }, value), { fact: names.incomeKinds, person }, kinds);
  return { household, on: null };
}
