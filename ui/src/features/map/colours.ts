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

// The ministry's depths, by how deep it may get. Fine tables have a class of their own below 0.3, from 0.5 and from 1 m.
const depths: [to: number, fill: string][] = [
  [0.3, '--depth-fine-1'],
  [0.5, '--depth-1'],
  [1, '--depth-fine-3'],
  [3, '--depth-2'],
  [5, '--depth-3'],
  [10, '--depth-4'],
  [20, '--depth-5'],
];
// A class without an upper end is as deep as its lower one at least.
const open: [from: number, fill: string][] = [
  [20, '--depth-6'],
  [10, '--depth-5'],
  [5, '--depth-4'],
  [3, '--depth-3'],
  [0, '--depth-2'],
];
// Tables of other steps share a colour here and there (1–2 m and 2–3 m): the pattern, by where a class begins, tells them apart.
const beginnings: [from: number, pattern: Pattern][] = [
  [20, 'checks'],
  [10, 'waves'],
  [5, 'grid'],
  [3, 'cross'],
  [2, 'bricks'],
  [1, 'hatch'],
  [0.5, 'dashes'],
  [0.3, 'dots'],
  [0, 'specks'],
];
const stays: [from: number, fill: string, pattern: Pattern, dark?: true][] = [
  [672, '--stay-7', 'checks', true],
  [336, '--stay-6', 'waves', true],
  [168, '--stay-5', 'grid', true],
  [72, '--stay-4', 'cross'],
  [24, '--stay-3', 'hatch'],
  [12, '--stay-2', 'dashes', true],
  [0, '--stay-1', 'dots'],
];
const slopes: Partial<Record<HazardKind, { name: string; warning: Pattern; special: Pattern }>> = {
  'debris-flow': { name: 'debris', warning: 'hatch', special: 'cross' },
  'steep-slope': { name: 'steep', warning: 'dashes', special: 'grid' },
  landslide: { name: 'slide', warning: 'dots', special: 'waves' },
};

/** The colour and pattern of a class. */
export function classLook(layer: HazardKind, of: Span & { code: string }): ClassLook {
  const measure = measureOf(layer);
  const slope = slopes[layer];
  if (slope) {
    const code = of.code === 'special' ? 'special' : 'warning';
    return { fill: `--${slope.name}-${code}`, ink: code === 'special' ? '--slope-ink-on-dark' : '--slope-ink', pattern: slope[code] };
  }
  if (measure === 'duration') {
    const [, fill, pattern, dark] = stays.find(([from]) => (of.min_h ?? 0) >= from) ?? stays[6]!;
    return { fill, ink: dark ? '--stay-ink-on-dark' : '--stay-ink', pattern };
  }
  if (measure === 'zone' || (of.min_m == null && of.max_m == null)) {
    return { fill: '--zone', ink: '--zone-ink', pattern: layer === 'collapse-bank' ? 'grid' : layer === 'flood-history' ? 'dots' : 'hatch' };
  }
  const from = of.min_m ?? 0;
  const { max_m: to } = of;
  const [, fill] = (to == null ? open.find(([least]) => from >= least) : depths.find(([most]) => to <= most)) ?? ['', '--depth-6'];
  return { fill, ink: '--depth-ink', pattern: begins(from, to) };
}

function begins(from: number, to: number | null | undefined): Pattern {
  // The coarse table: below 0.5 m in one, from 0.5 to 3 m in one.
  if (from === 0 && to === 0.5) return 'dots';
  if (from === 0.5 && to === 3) return 'hatch';
  return beginnings.find(([least]) => from >= least)?.[1] ?? 'specks';
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
