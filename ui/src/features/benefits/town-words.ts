import { marked } from '../../app/i18n.svelte';
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

/** What rules it out, and for whom, as a sentence. */
export function ruledOut(one: RuledOutFor): string {
  const why = () => {
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
  };
  return one.name === null ? why() : marked('benefits.town.out.of', { name: one.name, why: why() });
}

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
