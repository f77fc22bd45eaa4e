import { isMessage, language, marked } from '../../app/i18n.svelte';

// Days come as `2026-11-30`. Nothing is reckoned here: which year of an era a year is, the browser's calendar says.

/** A day's parts as they were entered; empty where nothing was. */
export interface Parts {
  year: string;
  month: string;
  day: string;
}

export const taken = (date: string): Parts => {
  const [year = '', month = '', day = ''] = date.split('-');
  return { year, month: month.replace(/^0/, ''), day: day.replace(/^0/, '') };
};

/** The date of complete parts, as the core takes it. Whether there is such a day, the core says. */
export function put({ year, month, day }: Parts): string | undefined {
  const whole = [year, month, day].map((part) => part.normalize('NFKC').trim());
  if (!whole.every((part) => /^\d+$/.test(part))) return undefined;
  const [y = '', m = '', d = ''] = whole;
  return `${y.padStart(4, '0')}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
}

/** 2026年11月30日 */
export function date(text: string): string {
  const { year, month, day } = taken(text);
  // English writes the month's name.
  const name = `month.${month}`;
  return marked('benefits.date', { year, day, month: language() === 'en' && isMessage(name) ? marked(name) : month });
}

const calendar = () => new Intl.DateTimeFormat(language() === 'en' ? 'en-u-ca-japanese' : 'ja-JP-u-ca-japanese', { era: language() === 'en' ? 'short' : 'long', year: 'numeric', timeZone: 'UTC' });
const eraOf = (year: number, month: number, day: number) => {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  const said = calendar().formatToParts(moment);
  const part = (type: string) => said.find((one) => one.type === type)?.value ?? '';
  // The first year has a name of its own; who types it types a one.
  return { era: part('era'), year: part('year').replace(/^\D+$/, '1'), said: part('year') };
};

/** 平成2年; nothing where the browser does not know. */
export function wareki(text: string): string {
  const { year, month, day } = taken(text);
  const n = [year, month, day].map(Number);
  if (n.some(Number.isNaN)) return '';
  const { era, said } = eraOf(n[0] ?? 0, n[1] ?? 1, n[2] ?? 1);
  return era ? marked('benefits.date.era', { era, n: said }) : '';
}

/** The eras that people alive were born in, newest first, as the browser calls them, with the western year of each of their years. */
export function eras(from = 1900, until = 2100): { era: string; years: Map<string, string> }[] {
  const found = new Map<string, Map<string, string>>();
  for (let year = from; year <= until; year += 1) {
    // A year in which an era ended belongs to both.
    for (const [month, day] of [[1, 1], [12, 31]] as const) {
      const { era, year: of } = eraOf(year, month, day);
      const years = found.get(era) ?? new Map<string, string>();
      if (!years.has(of)) years.set(of, String(year));
      found.set(era, years);
    }
  }
  return [...found].map(([era, years]) => ({ era, years })).reverse();
}
