import type { Moment } from '../../src/ipc/types';

/** A moment so many days before or after the fake today, 21 November 2026. */
export function moment(days: number, hour = 9, minute = 0): Moment {
  const date = new Date(Date.UTC(2026, 10, 21 + days));
  return {
    at: new Date(date.getTime() + ((hour - 9) * 60 + minute) * 60_000).toISOString(),
    date: date.toISOString().slice(0, 10),
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay() || 7,
    hour,
    minute,
    days_from_today: days,
    whole_day: false,
  };
}
