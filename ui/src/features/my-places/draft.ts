import { plain } from '../../app/format';
import { marked, t } from '../../app/i18n.svelte';
import { worstOf } from '../map/groups';
import type { HazardCard, TimelineRow } from '../../ipc/types';
import { wayWords } from '../map/words';
import { cardRows, sitesOf } from './card';

/** What is known of the household: names alone, and whether someone is old or very young. */
export interface Family {
  names: string[];
  slow: string[];
}

/** A first plan, made from what can happen at home and who lives there. Every line of it is to be talked over. */
export function draft(card: HazardCard | undefined, { names, slow }: Family): TimelineRow[] {
  const site = card && sitesOf(card)[0]?.site;
  const reached = card ? cardRows(card).filter(({ lead }) => lead.state === 'inside') : [];
  const flood = card && worstOf(card.at, 'flood');
  // Who may stay upstairs may do so only where nothing else reaches the house.
  const upstairs = reached.length === 1 && flood?.state === 'inside' && flood.means?.advice === 'stay-upstairs-possible';
  const everyone = t('map.timeline.everyone');
  const me = names[0] ?? t('map.timeline.me');
  const rows: Omit<TimelineRow, 'id'>[] = [
    { level: 1, who: me, what: t('map.timeline.draft.1') },
    { level: 2, who: me, what: t('map.timeline.draft.2') },
    ...(site ? [{ level: 2, who: everyone, what: t('map.timeline.draft.2.site', { site: site.name }) }] : []),
    ...(slow.length > 0 ? slow : [t('map.timeline.slow')]).slice(0, 4).map((who) => ({ level: 3, who, what: site ? t('map.timeline.draft.3.slow', { site: site.name }) : t('map.timeline.draft.4.none') })),
    { level: 3, who: me, what: t('map.timeline.draft.3') },
    { level: 4, who: everyone, what: site ? t('map.timeline.draft.4', { site: site.name, way: plain(wayWords(site)) }) : plain(marked('map.timeline.draft.4.none')) },
    ...(upstairs ? [{ level: 4, who: t('map.timeline.slow'), what: t('map.timeline.draft.4.stay') }] : []),
    { level: 5, who: everyone, what: t('map.timeline.draft.5') },
  ];
  return rows.map((row, i) => ({ ...row, id: `draft-${i}` }));
}
