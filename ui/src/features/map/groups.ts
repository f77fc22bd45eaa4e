import type { IconName } from '../../components/icons';
import type { Hazard, HazardAt, HazardKind, LayerSays, LayerShown, MapShown } from '../../ipc/types';

/** The bounds of a class: metres deep, or hours long. */
export interface Span {
  min_m?: number | null;
  max_m?: number | null;
  min_h?: number | null;
  max_h?: number | null;
}

/** A danger as people name it: several layers tell of one. */
export type Group = 'flood' | 'inland-flood' | 'landslide' | 'tsunami' | 'storm-surge' | 'earthquake' | 'fire' | 'volcano' | 'history';

interface Look {
  icon: IconName;
  /** Those whose classes lead, before those that add to them. */
  layers: HazardKind[];
  /** What the core calls the danger from which sites are asked for; none: it is only remembered. */
  flee?: Hazard;
}

export const groups: Record<Group, Look> = {
  flood: { icon: 'flood', layers: ['river-flood', 'collapse-flow', 'collapse-bank', 'flood-duration'], flee: 'flood' },
  'inland-flood': { icon: 'water_drop', layers: ['inland-flood'], flee: 'inland-flood' },
  landslide: { icon: 'landslide', layers: ['landslide', 'debris-flow', 'steep-slope'], flee: 'landslide' },
  tsunami: { icon: 'tsunami', layers: ['tsunami'], flee: 'tsunami' },
  'storm-surge': { icon: 'storm', layers: ['storm-surge'], flee: 'storm-surge' },
  // Of these no zones are drawn: what a town has is where to flee to.
  earthquake: { icon: 'earthquake', layers: [], flee: 'earthquake' },
  fire: { icon: 'local_fire_department', layers: [], flee: 'fire' },
  volcano: { icon: 'volcano', layers: [], flee: 'volcano' },
  history: { icon: 'history', layers: ['flood-history'] },
};
export const allGroups = Object.keys(groups) as Group[];

export const isGroup = (name: string): name is Group => name in groups;

/** The danger that a layer tells of. */
export const groupOf = (layer: HazardKind): Group => allGroups.find((group) => groups[group].layers.includes(layer)) ?? 'flood';

/** What a layer's classes measure. */
export type Measure = 'depth' | 'duration' | 'slope' | 'zone';

export function measureOf(layer: HazardKind): Measure {
  if (layer === 'flood-duration') return 'duration';
  if (['landslide', 'debris-flow', 'steep-slope'].includes(layer)) return 'slope';
  if (layer.startsWith('collapse') || layer === 'flood-history') return 'zone';
  return 'depth';
}

/** The dangers that the town has layers of, in the order in which they are told. */
export const groupsOf = (layers: readonly { layer: HazardKind }[]): Group[] => allGroups.filter((group) => layers.some((one) => groupOf(one.layer) === group));

/** Those, and the ones that the town has places to flee to from. */
export const groupsHere = ({ layers, dangers }: Pick<MapShown, 'layers' | 'dangers'>): Group[] => {
  const drawn = groupsOf(layers);
  return allGroups.filter((group) => drawn.includes(group) || dangers.some((danger) => danger === groups[group].flee));
};

/** Has nobody looked into this danger in the town? What has no zones anywhere is not among those. */
export const isUnknown = (at: HazardAt, group: Group): boolean => at.not_surveyed.some((layer) => groupOf(layer) === group);

const rank = (layer: HazardKind) => {
  const at = groups[groupOf(layer)].layers.indexOf(layer);
  return at < 0 ? 99 : at;
};
/** The layers of a danger: what leads first; of one kind as the core tells them, the largest scenario before smaller ones. */
export function layersOf<T extends { id: string; layer: HazardKind }>(layers: readonly T[], group: Group): T[] {
  return layers.filter((one) => groupOf(one.layer) === group).sort((a, b) => rank(a.layer) - rank(b.layer));
}

/** The layers that stand on the map together: all kinds of slopes, else those of the chosen one's kind and scenario. */
export function together(layers: readonly LayerShown[], group: Group, chosen?: string): LayerShown[] {
  const all = layersOf(layers, group);
  const first = all.find((one) => one.id === chosen) ?? all[0];
  if (!first) return [];
  if (group === 'landslide') return all;
  return all.filter((one) => one.layer === first.layer && one.scenario === first.scenario);
}

const states = ['inside', 'missing', 'damaged', 'newer', 'outside', 'not-surveyed'] as const;

/** The worst that holds at a spot for a danger; inside comes before what is not known, that before outside. */
export function worstOf(at: HazardAt, group: Group): LayerSays | undefined {
  const order = (one: LayerSays) => [states.indexOf(one.state), rank(one.layer), -depth(one)] as const;
  return [...layersOf(at.layers, group)].sort((a, b) => {
    const [x, y] = [order(a), order(b)];
    // Depth leads a flood even where a house may fall as well.
    return x[0] - y[0] || (group === 'landslide' ? (b.class ?? -1) - (a.class ?? -1) : 0) || x[1] - y[1] || x[2] - y[2];
  })[0];
}

const depth = (one: LayerSays) => one.min_m ?? one.class ?? -1;

/** The danger to show first at a spot: the one that reaches there, in the order of telling. */
export function firstGroup(at: HazardAt | undefined, all: readonly Group[]): Group | undefined {
  const reaching = at && all.find((group) => worstOf(at, group)?.state === 'inside');
  const told = at && all.find((group) => worstOf(at, group));
  return reaching ?? told ?? all[0];
}
