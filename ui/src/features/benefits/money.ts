import { language, marked } from '../../app/i18n.svelte';
import type { Amount } from './types';

/** Yen as one says them: 30万円, 44,080円. */
export function yen(text: string): string {
  const n = Number(text);
  const myriad = language() !== 'en' && n !== 0 && n % 10_000 === 0;
  return myriad ? marked('benefits.yen.myriad', { n: n / 10_000 }) : marked('benefits.yen', { n });
}

/** What is known of an amount, without the time that it is for: one number, a range, a bound; nothing where no bound is known. */
export function span({ low, high, exact }: Amount): string | undefined {
  const from = low === null || Number(low) <= 0 ? null : low;
  if (exact && low !== null) return yen(low);
  if (from === null) return high === null ? undefined : marked('benefits.amount.up-to', { high: yen(high) });
  if (high === null) return marked('benefits.amount.from', { low: yen(from) });
  return from === high ? yen(from) : marked('benefits.amount.range', { low: yen(from), high: yen(high) });
}

/** An amount in words: 月44,080円, 年2万円まで, 1回5万円. */
export function money(amount: Amount): string {
  const words = span(amount);
  return words === undefined ? marked('benefits.amount.open') : marked(`benefits.amount.${amount.per}`, { yen: words });
}

/** How much of a total is sure and how much may come, for drawing. */
export function parts({ low, high }: Amount): { sure: number; perhaps: number } {
  const sure = Math.max(0, Number(low ?? 0));
  return { sure, perhaps: high === null ? 0 : Math.max(0, Number(high) - sure) };
}

/** A large total without the yen that nobody reads: down where it is the least, up where it is the most. */
export function about(amount: Amount): Amount {
  const LARGE = 1_000_000;
  const STEP = 10_000;
  const round = (text: string | null, how: (n: number) => number) => (text === null || Number(text) < LARGE ? text : String(how(Number(text) / STEP) * STEP));
  return amount.exact ? amount : { ...amount, low: round(amount.low, Math.floor), high: round(amount.high, Math.ceil) };
}
