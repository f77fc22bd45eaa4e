import type { Pattern } from './colours';

/** Edge of a pattern's tile, in px of the screen. */
export const TILE = 12;

/** What a pattern is drawn with, as a path within its tile: filled, or a line of that width. */
export const paths: Record<Pattern, { d: string; fill?: true; width: number }> = {
  specks: { d: 'M3 3.9a.9.9 0 1 0 0-1.8.9.9 0 0 0 0 1.8Z', fill: true, width: 0 },
  dots: { d: 'M3 4.1a1.1 1.1 0 1 0 0-2.2 1.1 1.1 0 0 0 0 2.2ZM9 10.1a1.1 1.1 0 1 0 0-2.2 1.1 1.1 0 0 0 0 2.2Z', fill: true, width: 0 },
  dashes: { d: 'M1 3H6M7 9H12', width: 1.4 },
  hatch: { d: 'M-2 2 2-2M-2 14 14-2M10 14 14 10', width: 1.5 },
  cross: { d: 'M-2 2 2-2M-2 14 14-2M10 14 14 10M-2 10 2 14M-2-2 14 14M10-2 14 2', width: 1.4 },
  grid: { d: 'M0 3H12M0 9H12M3 0V12M9 0V12', width: 1.2 },
  bricks: { d: 'M0 3H12M0 9H12M3 3V9M9 9V12M9 0V3', width: 1.4 },
  waves: { d: 'M0 3Q3 0 6 3T12 3M0 9Q3 6 6 9T12 9', width: 1.6 },
  checks: { d: 'M0 0H6V6H0ZM6 6H12V12H6Z', fill: true, width: 0 },
};

const OPACITY: Partial<Record<Pattern, number>> = { cross: 0.46, grid: 0.46, bricks: 0.46, checks: 0.35 };
export const opacity = (pattern: Pattern): number => OPACITY[pattern] ?? 0.55;

/** Draws a pattern as an image that the map repeats. */
export function drawPattern(pattern: Pattern, ink: string, ratio: number): ImageData {
  const edge = TILE * ratio;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = edge;
  const context = canvas.getContext('2d')!;
  context.scale(ratio, ratio);
  paint(context, pattern, ink);
  return context.getImageData(0, 0, edge, edge);
}

/** Draws one tile of a pattern where the context stands. */
export function paint(context: CanvasRenderingContext2D, pattern: Pattern, ink: string): void {
  const { d, fill, width } = paths[pattern];
  context.globalAlpha = opacity(pattern);
  context.fillStyle = context.strokeStyle = ink;
  context.lineWidth = width;
  if (fill) context.fill(new Path2D(d));
  else context.stroke(new Path2D(d));
  context.globalAlpha = 1;
}
