import { day, near } from '../../app/dates';
import { marked } from '../../app/i18n.svelte';
import type { Counter, Garbage } from '../../ipc/types';

/** How much is held this week and today; nothing while that is not known. */
export function eventsLine(counter: Pick<Counter, 'events_today' | 'events_week'> | undefined): string {
  if (!counter) return '';
  const { events_today: today, events_week: week } = counter;
  if (week === 0) return marked('counter.events.none');
  return today === 0 ? marked('counter.events.week', { n: week }) : marked('counter.events.today', { n: week, today });
}

/** What is put out next, in the town's words; what choosing a district would bring where none is chosen. */
export function garbageLine(garbage: Garbage | undefined): string {
  if (!garbage) return '';
  const next = garbage.days.find(({ kinds }) => kinds.length > 0);
  if (!garbage.area) return marked('counter.garbage.choose');
  if (!next) return marked('garbage.none');
  const kinds = next.kinds.map(({ name }) => name).reduce((first, second) => marked('garbage.and', { first, second }));
  return marked('counter.garbage.next', { day: near(next.moment) ?? day(next.moment), kinds });
}
