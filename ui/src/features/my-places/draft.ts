import { plain } from '../../app/format';
import { marked, t } from '../../app/i18n.svelte';
import { groups, worstOf } from '../map/groups';
import type { HazardCard, Site, TimelineRow } from '../../ipc/types';
import { hazardsWords, wayWords } from '../map/words';
import { cardRows, sitesOf } from './card';

/** What is known of the household: names alone, and whether someone is old or very young. */
export interface Family {
  names: string[];
  slow: string[];
}

/** Where one goes: for each of these dangers its nearest site, never another danger's; where none reaches home, the first at all. */
function goals(card: HazardCard, dangers: readonly string[]): { hazards: string[]; site: Site }[] {
  const all = sitesOf(card);
  if (dangers.length === 0) return all.slice(0, 1);
  return all.map(({ hazards, site }) => ({ hazards: hazards.filter((hazard) => dangers.includes(hazard)), site })).filter(({ hazards }) => hazards.length > 0);
}

/** A first plan, made from what can happen at home and who lives there. Every line of it is to be talked over. */
export function draft(card: HazardCard | undefined, { names, slow }: Family): TimelineRow[] {
  const reached = card ? cardRows(card).filter(({ lead }) => lead.state === 'inside') : [];
  const dangers = reached.flatMap(({ group }) => groups[group].flee ?? []);
  const sites = card ? goals(card, dangers) : [];
  const without = dangers.some((danger) => !sites.some(({ hazards }) => hazards.includes(danger)));
  const flood = card && worstOf(card.at, 'flood');
  // Who may stay upstairs may do so only where nothing else reaches the house.
  const upstairs = reached.length === 1 && flood?.state === 'inside' && flood.means?.advice === 'stay-upstairs-possible';
  const everyone = t('map.timeline.everyone');
  const me = names[0] ?? t('map.timeline.me');
  const [only] = sites;
  const single = only && sites.length === 1 && !without;
  const away = sites.map(({ hazards, site }) => {
    const words = { site: site.name, way: plain(wayWords(site)) };
    return single ? t('map.timeline.draft.4', words) : t('map.timeline.draft.4.for', { ...words, hazard: plain(hazardsWords(hazards)) });
  });
  const early = single ? t('map.timeline.draft.3.slow', { site: only.site.name }) : t(sites.length > 0 ? 'map.timeline.draft.3.slow.any' : 'map.timeline.draft.4.none');
  const rows: Omit<TimelineRow, 'id'>[] = [
    { level: 1, who: me, what: t('map.timeline.draft.1') },
    { level: 2, who: me, what: t('map.timeline.draft.2') },
    ...sites.map(({ site }) => ({ level: 2, who: everyone, what: t('map.timeline.draft.2.site', { site: site.name }) })),
    ...(slow.length > 0 ? slow : [t('map.timeline.slow')]).slice(0, 4).map((who) => ({ level: 3, who, what: early })),
    { level: 3, who: me, what: t('map.timeline.draft.3') },
    ...away.map((what) => ({ level: 4, who: everyone, what })),
    ...(without || sites.length === 0 ? [{ level: 4, who: everyone, what: plain(marked('map.timeline.draft.4.none')) }] : []),
    ...(upstairs ? [{ level: 4, who: t('map.timeline.slow'), what: t('map.timeline.draft.4.stay') }] : []),
    { level: 5, who: everyone, what: t('map.timeline.draft.5') },
  ];
  return rows.map((row, i) => ({ ...row, id: `draft-${i}` }));
}
