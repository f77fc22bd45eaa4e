import type { Value } from './types';

/** What was typed, as a number: full-width digits, commas and a yen sign are taken for what they mean. Undefined where it is none. */
export function digits(text: string): number | undefined {
  const plain = text.normalize('NFKC').replace(/[,¥\s]/g, '');
  return /^\d{1,13}$/.test(plain) ? Number(plain) : undefined;
}

/** A number that lies between two, either of which may be left out. */
export function between(low: string, high: string): Value | undefined {
  const [from, to] = [digits(low), digits(high)];
  if ((from === undefined && low.trim() !== '') || (to === undefined && high.trim() !== '')) return undefined;
  if (from === undefined && to === undefined) return undefined;
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** A value as it stands in the fields. */
export function ends(value: Value | undefined): { low: string; high: string; about: boolean } {
  const text = (one: unknown) => (typeof one === 'number' || typeof one === 'string' ? String(one) : '');
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !('any_of' in value)) return { low: text(value.from), high: text(value.to), about: true };
  return { low: text(value), high: '', about: false };
}
