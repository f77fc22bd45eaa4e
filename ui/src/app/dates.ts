import type { Moment } from '../ipc/types';
import { isMessage, marked, type MessageKey } from './i18n.svelte';
import { plain } from './format';

type Params = Record<string, string>;

/** Calendar facts as words for the messages' patterns; no arithmetic. */
function facts(m: Moment): Params {
  const name = (group: string, n: number): string => {
    const key = `${group}.${n}`;
    return isMessage(key) ? marked(key) : '';
  };
  return {
    year: String(m.year),
    month: String(m.month),
    month_name: name('month', m.month),
    day: String(m.day),
    // Some days of the month are read in a way of their own.
    monthday: name('monthday', m.day) || marked('monthday.other', { n: m.day }),
    weekday: name('weekday', m.weekday),
    weekday_long: name('weekday-long', m.weekday),
    hour: String(m.hour),
    minute: String(m.minute),
    minute2: String(m.minute).padStart(2, '0'),
  };
}

const say = (key: MessageKey, m: Moment, more: Params = {}) => marked(key, { ...facts(m), ...more });

/** 11月21日(土) */
export const day = (m: Moment): string => say('date.day', m);
/** 11月21日 土曜日, or きょう / きのう / あした. */
export function dayHeading(m: Moment): string {
  return near(m) ?? say(Math.abs(m.days_from_today) > 300 ? 'date.long-year' : 'date.long', m);
}
/** 11月21日 土曜日 */
export const dayLong = (m: Moment): string => say('date.long', m);
/** 10時30分 */
export const time = (m: Moment): string => say(m.minute === 0 ? 'time.whole' : 'time.minutes', m);
/** 11月21日(土) 10時30分, or the day alone where no time of it is meant. */
export const dayTime = (m: Moment): string => (m.whole_day ? day(m) : say('date.day-time', m, { day_words: day(m), time: time(m) }));
/** 23日(月) */
export const dayShort = (m: Moment): string => say('date.short', m);
/** 土曜 */
export const weekday = (m: Moment): string => say('date.weekday', m);

/** きょう, きのう, あした, or nothing. */
export function near(m: Moment): string | undefined {
  if (m.days_from_today === 0) return marked('date.today');
  if (m.days_from_today === -1) return marked('date.yesterday');
  if (m.days_from_today === 1) return marked('date.tomorrow');
  return undefined;
}

/** A moment as one says it: けさ6時12分, きのう17時15分, 11月18日(水) 9時. */
export function when(m: Moment): string {
  if (m.whole_day) return dayOf(m);
  if (m.days_from_today === 0) {
    return say(m.hour >= 4 && m.hour < 11 ? 'when.morning' : 'when.today', m, { time: time(m) });
  }
  if (m.days_from_today === -1) return say('when.yesterday', m, { time: time(m) });
  return dayTime(m);
}

/** The day of a row: きょう, きのう, 11月18日(水). */
export function dayOf(m: Moment): string {
  return near(m) ?? day(m);
}

/** The same without readings, for attributes. */
export const plainly = (words: string): string => plain(words);
