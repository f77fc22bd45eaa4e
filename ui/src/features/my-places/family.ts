import { app } from '../../app/store.svelte';
import { call } from '../../ipc/client';
import facts from '../benefits/fact-names.json';
import type { Family } from './draft';

/** Who sets out early: old people, and children who must be carried. */
const OLD = 70;
const SMALL = 6;

/** The household as the resident keeps it, as far as the plan needs it. Without one, or where it is locked, nobody is named. */
export async function family(): Promise<Family> {
  try {
    const people = (await call('household')).household?.people ?? [];
    const year = app.today?.now?.year;
    const slow = people.filter((person) => {
      const born = Number(String(person.facts[facts.born as keyof typeof person.facts] ?? '').slice(0, 4));
      const age = year && born ? year - born : NaN;
      return age >= OLD || age < SMALL;
    });
    return { names: people.map((person) => person.name), slow: slow.map((person) => person.name) };
  } catch {
    return { names: [], slow: [] };
  }
}
