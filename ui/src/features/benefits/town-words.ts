import { marked } from '../../app/i18n.svelte';
import { app } from '../../app/store.svelte';
import { date } from './days';
import type { InWordsDetail, RuledOutFor } from './types';

// What is said of a town's program in words around the town's own text.

/** 1歳6か月 */
function age({ years, months }: Pick<RuledOutFor, 'years' | 'months'>): string {
  // Many files write a 0 beside the years: it is no month.
  const parts = [years === null ? '' : marked('benefits.unit.years', { n: years }), months ? marked('benefits.unit.months', { n: months }) : ''];
  const [of = '', and = ''] = parts;
  return of && and ? marked('benefits.town.age', { years: of, months: and }) : of || and;
}

function why(one: RuledOutFor): string {
  switch (one.by) {
    case 'age':
      return marked(`benefits.town.out.${one.bound ?? 'under'}`, { age: age(one) });
    case 'area':
      return one.areas.length > 0 ? marked('benefits.town.out.area', { areas: one.areas.join(marked('benefits.and')) }) : marked('benefits.town.out.elsewhere');
    case 'closed':
      return marked('benefits.town.out.closed', { day: date(one.to ?? '') });
    case 'over':
      return marked('benefits.town.out.over-on', { day: date(one.to ?? '') });
  }
}

/** What rules it out, as sentences: each is said once, with all whom it is about. */
export function ruledOut(out: readonly RuledOutFor[]): string[] {
  const whose = new Map<string, string[]>();
  for (const one of out) whose.set(why(one), [...(whose.get(why(one)) ?? []), ...(one.name === null ? [] : [one.name])]);
  return [...whose].map(([why, names]) => (names.length === 0 ? why : marked('benefits.town.out.of', { name: names.join(marked('benefits.and')), why })));
}

/** How the town in use is called; joined out of range it has no name yet. */
export const townName = (): string => app.town?.name || marked('benefits.town.nameless');

/** What a link is called. Data sets name many by their column, which says nothing to people. */
export const linkTitle = (title: string | null): string | undefined => (title && !/url$/i.test(title.trim()) ? title : undefined);

interface Fact {
  term: string;
  words?: string;
  text?: string;
}

/** For whom, how much, how, when, where: what the town says, under our names for it. */
export function whatAndHow(detail: InWordsDetail): Fact[] {
  const facts: Fact[] = [];
  const add = (term: string, text: string | null) => text && facts.push({ term, text });
  const { applyFrom, applyTo } = detail;
  add(marked('benefits.town.target'), detail.target);
  add(marked('benefits.town.amount'), detail.row.amount);
  add(marked('benefits.town.cost'), detail.cost);
  add(marked('benefits.town.how'), detail.how);
  const period = [applyFrom && marked('benefits.town.period.from', { day: date(applyFrom) }), applyTo && marked('benefits.until', { day: date(applyTo) })].filter(Boolean);
  if (period.length > 0) facts.push({ term: marked('benefits.town.period'), words: period.join('\n') });
  add(marked('benefits.town.when'), detail.when);
  add(marked('benefits.counter'), detail.counter);
  add(marked('benefits.town.contact'), detail.contact ?? detail.department);
  add(marked('place.phone'), detail.phone);
  add(marked('benefits.town.email'), detail.email);
  return facts;
}
