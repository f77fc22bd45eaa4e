import { allOf } from '../../app/and';
import { isMessage, marked } from '../../app/i18n.svelte';
import { mapsApp } from '../../ipc/device';
import type { Place } from '../../ipc/types';
import access from './access-words.json';

/** Metres as one says them, rounded as far as a straight line can be trusted. */
export function distance(metres: number): string {
  if (metres < 950) return marked('places.distance.m', { n: Math.max(10, Math.round(metres / 10) * 10) });
  return marked('places.distance.km', { n: metres < 9500 ? Math.round(metres / 100) / 10 : Math.round(metres / 1000) });
}

/** A danger in words; one that this app does not know yet by its code. */
export function hazardName(hazard: string): string {
  const key = `hazard.${hazard}`;
  return isMessage(key) ? marked(key) : hazard;
}

export interface Hours {
  days: string;
  hours: string;
}

const span = (open: string, close: string) => marked('place.hours.span', { open: open.replace(/^0/, ''), close: close.replace(/^0/, '') });
const weekdayName = (weekday: number) => {
  const key = `weekday.${weekday}`;
  return isMessage(key) ? marked(key) : '';
};

/** The spans of one weekday, or nothing where none is given. */
export function hoursOn(place: Place, weekday: number): string | undefined {
  const spans = (place.hours?.week ?? []).filter((row) => row.weekday === weekday).map((row) => span(row.open, row.close));
  return spans.length > 0 ? allOf(spans) : undefined;
}

/** The week with equal days together. */
export function week(place: Place): Hours[] {
  const found: { weekdays: number[]; hours: string }[] = [];
  for (let weekday = 1; weekday <= 7; weekday += 1) {
    const hours = hoursOn(place, weekday);
    if (!hours) continue;
    const same = found.find((row) => row.hours === hours);
    if (same) same.weekdays.push(weekday);
    else found.push({ weekdays: [weekday], hours });
  }
  return found.map((row) => ({ days: days(row.weekdays), hours: row.hours }));
}

/** Days that follow each other as a span, from three on. */
function days(weekdays: number[]): string {
  const spans: number[][] = [];
  for (const weekday of weekdays) {
    const last = spans.at(-1);
    if (last && last.at(-1) === weekday - 1) last.push(weekday);
    else spans.push([weekday]);
  }
  const say = (span: number[]): string =>
    span.length < 3 ? allOf(span.map(weekdayName)) : marked('place.days.span', { first: weekdayName(span[0] ?? 0), last: weekdayName(span.at(-1) ?? 0) });
  return allOf(spans.map(say));
}

/** Takes the town's columns on getting in and about apart from the others. */
export function accessible(details: readonly [string, string][]): { access: [string, string][]; others: [string, string][] } {
  const about = ([name]: [string, string]) => access.some((word) => name.includes(word));
  return { access: details.filter(about), others: details.filter((detail) => !about(detail)) };
}

/** A maps app's directions to a place: the phone's own app, elsewhere a page. Only the destination is handed over. */
export function directions(at: { lat: number; lon: number }, name: string): string {
  const point = `${at.lat},${at.lon}`;
  // The brackets belong to the form of the address, so the name must have none.
  if (mapsApp() === 'android') return `geo:${point}?q=${point}(${encodeURIComponent(name.replace(/[()]/g, ' '))})`;
  if (mapsApp() === 'ios') return `maps://?daddr=${point}`;
  return `https://www.google.com/maps/dir/?api=1&destination=${point}`;
}
