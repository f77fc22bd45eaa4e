import { isMessage, marked } from '../../app/i18n.svelte';
import { date } from './days';
import { span, yen } from './money';
import type { FactShape, Step, Value } from './types';

const grouped = (n: string) => marked('benefits.number', { n: Number(n) });

/** A number with its unit: 380万円/年, 3人. */
export function withUnit(n: string, unit: string | null): string {
  if (unit === null) return grouped(n);
  const key = `benefits.unit.${unit}`;
  if (unit.startsWith('yen')) return isMessage(key) ? marked(key, { yen: yen(n) }) : yen(n);
  return isMessage(key) ? marked(key, { n: Number(n) }) : grouped(n);
}

/** Between two numbers, as words; nothing where nothing is known. */
function range(low: string | null, high: string | null, unit: string | null): string | undefined {
  if (!unit?.startsWith('yen')) {
    const [from, to] = [low, high].map((bound) => (bound === null ? undefined : unit === 'date' ? date(bound) : withUnit(bound, unit)));
    if (from === undefined) return to && marked('benefits.amount.up-to', { high: to });
    return to === undefined ? marked('benefits.amount.from', { low: from }) : marked('benefits.amount.range', { low: from, high: to });
  }
  const words = span({ per: 'once', low, high, exact: false });
  const key = `benefits.unit.${unit}`;
  return words && isMessage(key) ? marked(key, { yen: words }) : words;
}

const BEYOND = 100_000_000;

/** What a step came to, as words; nothing where that is open. */
export function workedOut({ value, low, high, words, unit }: Pick<Step, 'value' | 'low' | 'high' | 'words' | 'unit'>): string | undefined {
  if (words.length > 0) return words.join(marked('benefits.or'));
  // What may be anything up to the limit of what can be entered is simply not known.
  if (value === null) return high !== null && Number(high) >= BEYOND && Number(low) <= 0 ? undefined : range(low, high, unit);
  if (value === 'yes' || value === 'no') return marked(`benefits.${value}`);
  if (value === 'nobody') return marked('benefits.nobody');
  if (unit === 'date') return date(value);
  return /^-?\d+(\.\d+)?$/.test(value) ? withUnit(value, unit) : value;
}

/** An answer as it was given, in words. */
export function given(shape: FactShape, value: Value): string {
  const word = (text: string) => shape.words.find((one) => one.word === text)?.label ?? text;
  if (typeof value === 'boolean') return marked(value ? 'benefits.yes' : 'benefits.no');
  if (Array.isArray(value)) return value.length === 0 ? marked('benefits.none') : value.map(word).join(marked('benefits.and'));
  if (value === null) return marked('benefits.unknown');
  if (typeof value === 'object') {
    if ('any_of' in value) return value.any_of.map(word).join(marked('benefits.or'));
    const bound = (one: string | number | null | undefined) => (one === null || one === undefined ? null : String(one));
    return range(bound(value.from), bound(value.to), shape.kind === 'date' ? 'date' : shape.unit) ?? marked('benefits.unknown');
  }
  if (shape.kind === 'date') return date(String(value));
  if (shape.kind === 'number') return withUnit(String(value), shape.unit);
  return value === '' ? marked('benefits.nobody') : word(String(value));
}
