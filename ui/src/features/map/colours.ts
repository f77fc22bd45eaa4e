import './colours.css';
import { measureOf } from './groups';
import type { HazardKind } from '../../ipc/types';
import type { Span } from './groups';

/** A pattern that lies over a colour, for those who do not tell the colours apart: each class of a layer has its own. */
export type Pattern = 'specks' | 'dots' | 'dashes' | 'hatch' | 'cross' | 'grid' | 'bricks' | 'waves' | 'checks';

/** How a class is drawn: names of roles in colours.css, and its pattern. */
export interface ClassLook {
  fill: string;
  ink: string;
  pattern: Pattern;
}

// The ministry's depths: from that many metres. Fine tables have a class of their own below 0.3, from 0.5 and from 1 m.
const depths: [from: number, fill: string, pattern: Pattern][] = [
  [20, '--depth-6', 'checks'],
  [10, '--depth-5', 'waves'],
  [5, '--depth-4', 'grid'],
  [3, '--depth-3', 'cross'],
  [1, '--depth-2', 'hatch'],
  [0.5, '--depth-fine-3', 'dashes'],
  [0.3, '--depth-1', 'dots'],
  [0, '--depth-fine-1', 'specks'],
];
const stays: [from: number, fill: string, pattern: Pattern][] = [
  [672, '--stay-7', 'checks'],
  [336, '--stay-6', 'waves'],
  [168, '--stay-5', 'grid'],
  [72, '--stay-4', 'cross'],
  [24, '--stay-3', 'hatch'],
  [12, '--stay-2', 'dashes'],
  [0, '--stay-1', 'dots'],
];

/** The colour and pattern of a class. */
export function classLook(layer: HazardKind, of: Span & { code: string }): ClassLook {
  const measure = measureOf(layer);
  if (measure === 'slope') {
    const special = of.code === 'special';
    return { fill: special ? '--slope-special' : '--slope-warning', ink: '--slope-ink', pattern: special ? 'cross' : 'hatch' };
  }
  if (measure === 'duration') {
    const [, fill, pattern] = stays.find(([from]) => (of.min_h ?? 0) >= from) ?? stays[6]!;
    return { fill, ink: '--stay-ink', pattern };
  }
  if (measure === 'zone' || (of.min_m == null && of.max_m == null)) {
    return { fill: '--zone', ink: '--zone-ink', pattern: layer === 'collapse-bank' ? 'grid' : layer === 'flood-history' ? 'dots' : 'hatch' };
  }
  const from = of.min_m ?? 0;
  const to = of.max_m ?? Infinity;
  // The coarse table: below 0.5 m in one, from 0.5 to 3 m in one.
  if (from === 0 && to === 0.5) return { fill: '--depth-1', ink: '--depth-ink', pattern: 'dots' };
  if (from === 0.5 && to === 3) return { fill: '--depth-2', ink: '--depth-ink', pattern: 'hatch' };
  const [, fill, pattern] = depths.find(([least]) => from >= least) ?? depths[7]!;
  return { fill, ink: '--depth-ink', pattern };
}

/** The value of a colour's role as it stands now. */
export type Palette = (role: string) => string;

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const kept = new Map<string, string>();
  return (role) => {
    const found = kept.get(role) ?? style.getPropertyValue(role).trim();
    kept.set(role, found);
    return found;
  };
}
