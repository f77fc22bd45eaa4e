import { day, dayTime, time } from '../../app/dates';
import { marked } from '../../app/i18n.svelte';
import type { EventDetail } from '../../ipc/types';

type Session = EventDetail['sessions'][number];

/** A session as one says it: 11月21日(土) 10時から12時まで. */
export function span(session: Session): string {
  const { starts, ends, all_day } = session;
  const same = !ends || ends.date === starts.date;
  if (all_day) return same ? day(starts) : marked('event.span', { from: day(starts), to: day(ends) });
  if (!ends) return dayTime(starts);
  return marked('event.span', { from: dayTime(starts), to: same ? time(ends) : dayTime(ends) });
}
