import { allGroups, groups, groupsOf, isUnknown, worstOf, type Group } from '../map/groups';
import type { HazardCard, LayerSays, Site } from '../../ipc/types';

/** The dangers of a place, those that reach it first. */
export function cardRows(card: HazardCard): { group: Group; lead: LayerSays }[] {
  const rows = groupsOf(card.at.layers).flatMap((group) => {
    const lead = worstOf(card.at, group);
    return lead ? [{ group, lead }] : [];
  });
  return [...rows.filter(({ lead }) => lead.state === 'inside'), ...rows.filter(({ lead }) => lead.state !== 'inside')];
}

/** The dangers of which the town has no layer at all. */
export function unknownOf(card: HazardCard): Group[] {
  const known = groupsOf(card.at.layers);
  return allGroups.filter((group) => group !== 'history' && !known.includes(group) && isUnknown(card.at, group));
}

/** The nearest site of each danger; one that is nearest for several stands once. */
export function sitesOf(card: HazardCard): { hazards: string[]; site: Site }[] {
  const found: { hazards: string[]; site: Site }[] = [];
  // Those of the dangers that reach here come first.
  const order = [...new Set([...cardRows(card).flatMap(({ group }) => groups[group].flee ?? []), ...Object.keys(card.sites)])];
  for (const hazard of order) {
    const site = card.sites[hazard]?.sites[0];
    if (!site) continue;
    const same = found.find((one) => one.site.id === site.id);
    if (same) {
      same.hazards.push(hazard);
      // What is true for one of them must be said.
      same.site = { ...same.site, inside: same.site.inside ?? site.inside ?? null };
    } else found.push({ hazards: [hazard], site });
  }
  return found;
}
