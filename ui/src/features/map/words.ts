import { allOf } from '../../app/and';
import { isMessage, marked } from '../../app/i18n.svelte';
import type { Params } from '../../app/format';
import { groupOf, measureOf, type Group } from './groups';
import type { ClassShown, HazardKind, Heading, LayerSays, LayerShown, Leg, Meant, Site, SurveySource } from '../../ipc/types';
import type { Span } from './groups';

/** A message by a name that comes from a code; empty where this app has none yet. */
const coded = (key: string, params: Params = {}): string => (isMessage(key) ? marked(key, params) : '');

export const groupName = (group: Group): string => marked(`map.group.${group}`);
export const groupNote = (group: Group): string => marked(`map.group.${group}.note`);
export const hazardWords = (hazard: string): string => coded(`map.hazard.${hazard}`) || hazard;
export const hazardsWords = (hazards: readonly string[]): string => allOf(hazards.map(hazardWords));
export const headingWords = (heading: Heading): string => marked(`map.heading.${heading}`);

/** Metres as one says them. */
export function lengthWords(metres: number): string {
  if (metres < 995) return marked('map.m', { n: metres < 10 ? Math.max(1, Math.round(metres)) : Math.round(metres / 10) * 10 });
  return marked('map.km', { n: metres < 9950 ? Math.round(metres / 100) / 10 : Math.round(metres / 1000) });
}

const has = (n: number | null | undefined): n is number => typeof n === 'number';

/** Hours as one says them: from a day on in days, from a week on in weeks. */
function hoursWords(hours: number): string {
  if (hours >= 168 && hours % 168 === 0) return marked('map.weeks', { n: hours / 168 });
  if (hours >= 24 && hours % 24 === 0) return marked('map.days', { n: hours / 24 });
  return marked('map.hours', { n: hours });
}

/** How long water stays. */
export function spanWords({ min_h, max_h }: Span): string {
  if (has(min_h) && min_h > 0) return has(max_h) ? marked('map.span.between', { min: hoursWords(min_h), max: hoursWords(max_h) }) : marked('map.span.above', { min: hoursWords(min_h) });
  return has(max_h) ? marked('map.span.below', { max: hoursWords(max_h) }) : '';
}

/** A class in few words, as in the legend. */
export function classWords(layer: HazardKind, of: Span & { code?: string | null; label?: string | null }): string {
  const measure = measureOf(layer);
  if (measure === 'duration') return spanWords(of) || of.label || '';
  if (measure === 'slope') return coded(`map.class.${of.code}`) || of.label || '';
  if (measure === 'zone') return marked('map.class.zone');
  if (has(of.min_m) && of.min_m > 0) return has(of.max_m) ? marked('map.class.between', { min: of.min_m, max: of.max_m }) : marked('map.class.above', { min: of.min_m });
  return has(of.max_m) ? marked('map.class.below', { max: of.max_m }) : marked('map.class.some');
}

/** How deep that is, by the body and the house; as the core tells it of a spot. */
function depthCode({ min_m, max_m }: Span): string {
  const most = max_m ?? Infinity;
  if (most <= 0.3) return 'ankle';
  if (most <= 0.5) return 'knee';
  if (most <= 1) return 'waist';
  if (most <= 3) return 'first-floor';
  if (most <= 5) return 'second-floor';
  return (min_m ?? 0) >= 10 ? 'above' : 'roof';
}

/** The second line of the legend. */
export function classNote(layer: HazardKind, of: ClassShown): string {
  if (measureOf(layer) !== 'depth' || (!has(of.min_m) && !has(of.max_m))) return '';
  return coded(`map.class.note.${depthCode(of)}`);
}

export const legendTitle = (layer: HazardKind): string => marked(`map.legend.${measureOf(layer)}`);

/** What happens at a spot, as a sentence. */
export function headline(one: LayerSays): string {
  const group = groupOf(one.layer);
  if (one.state === 'not-surveyed') return marked('map.unknown');
  if (one.state === 'missing') return marked('map.missing');
  if (one.state === 'damaged') return marked('map.damaged');
  if (one.state === 'newer') return marked('map.newer');
  if (one.state === 'outside') return coded(`map.outside.${group}`);
  const measure = measureOf(one.layer);
  if (measure === 'slope') return marked('map.answer.besides', { layer: marked(`map.layer.${one.layer}`), words: coded(`map.slope.${one.code}`) || marked('map.slope.warning') });
  if (measure === 'zone') return coded(`map.zone.${one.layer}`);
  if (measure === 'duration') return spanWords(one) ? marked('map.stays', { span: spanWords(one) }) : marked('map.zone.flood-duration');
  if (has(one.min_m) && one.min_m > 0) return has(one.max_m) ? marked('map.depth.between', { min: one.min_m, max: one.max_m }) : marked('map.depth.above', { min: one.min_m });
  return has(one.max_m) ? marked('map.depth.below', { max: one.max_m }) : marked('map.depth.some');
}

/** The same in few words, for a list of dangers. */
export function shortly(one: LayerSays): string {
  if (one.state === 'not-surveyed') return marked('map.unknown');
  if (one.state === 'missing') return marked('map.missing');
  if (one.state === 'damaged') return marked('map.damaged');
  if (one.state === 'newer') return marked('map.newer');
  if (one.state === 'outside') return marked('map.outside.short');
  return measureOf(one.layer) === 'zone' ? headline(one) : classWords(one.layer, one);
}

/** What that means for people, and what to do: a sentence each. */
export function meaningWords(means: Meant | null | undefined): string[] {
  return [coded(`map.means.${means?.code}`), coded(`map.advice.${means?.advice}`)].filter(Boolean);
}

/** How far the zones are from outside; from inside, where it gets worse. */
export function edgeWords({ layer, state, edge }: Pick<LayerSays, 'layer' | 'state' | 'edge'>): string {
  if (!edge?.heading) return '';
  const where = { heading: headingWords(edge.heading), distance: lengthWords(edge.distance_m) };
  return state === 'inside' ? marked('map.edge.worse', { ...where, depth: classWords(layer, edge.there) }) : marked('map.edge.near', where);
}

/** Whoever has to leave is not told to prepare for days at home. */
const forStaying = ['hours', 'days'];
const staysHome = ({ means }: LayerSays) => means?.advice !== 'leave' && means?.advice !== 'run-up';

/** What a danger does besides what leads: how long water stays, whether houses fall, another kind of slope, another scenario's depth. */
export function besides(all: readonly LayerSays[], lead: LayerSays): string[] {
  const others = all.filter((one) => one.id !== lead.id && one.state === 'inside' && groupOf(one.layer) === groupOf(lead.layer));
  const words = others.flatMap((one) => {
    if (one.layer === lead.layer) return one.scenario && one.scenario !== lead.scenario ? [marked('map.answer.besides', { layer: one.scenario, words: headline(one) })] : [];
    const meaning = staysHome(lead) || !forStaying.includes(one.means?.code ?? '') ? meaningWords(one.means) : [];
    return measureOf(one.layer) === 'slope' ? [headline(one)] : [headline(one), ...meaning];
  });
  return words.filter((sentence, at) => sentence && words.indexOf(sentence) === at);
}

/** Whose survey it is, and of when. */
export function sourceWords(source: SurveySource, scenario: string | null | undefined): string {
  const { title: first, provider: second } = source;
  const title = first && second && first !== second ? marked('map.source.and', { first, second }) : (first ?? second ?? '');
  if (!title) return '';
  // A year is no number to be grouped.
  const year = source.survey_year ? String(source.survey_year) : '';
  if (year) return scenario ? marked('map.source', { title, year, scenario }) : marked('map.source.year', { title, year });
  return scenario ? marked('map.source.scenario', { title, scenario }) : marked('map.source.title', { title });
}

/** The name of a layer among its kin. */
export function layerName({ layer, scenario }: Pick<LayerShown, 'layer' | 'scenario'>): string {
  const name = marked(`map.layer.${layer}`);
  return scenario ? marked('map.layer.scenario', { layer: name, scenario }) : name;
}

/** How one gets to a site. */
export function wayWords(site: Site): string {
  if (site.way) return marked(site.heading ? 'map.site.walk' : 'map.site.walk.near', { minutes: site.way.minutes, distance: lengthWords(site.way.distance_m), heading: site.heading ? headingWords(site.heading) : '' });
  if (!site.heading) return marked('map.site.at');
  return marked('map.site.straight', { heading: headingWords(site.heading), distance: lengthWords(site.distance_m) });
}

export function legWords({ name, heading, distance_m }: Leg): string {
  const where = { heading: headingWords(heading), distance: lengthWords(distance_m) };
  return name ? marked('map.way.leg', { ...where, name }) : marked('map.way.start', where);
}

/** Where an answer is about: a place of mine, a block, or what was pressed. */
export function spotName(name: string | undefined, block: string | undefined): string {
  if (name && block && name !== block) return marked('map.answer.name', { name, block });
  return name ?? (block ? marked('map.answer.near', { block }) : marked('map.answer.here'));
}
