const LENGTHS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];
const MOST = 96;

/** The longest round length that fits into the scale's bar, and how many px it takes. */
export function scaleOf(metresPerPx: number, most = MOST): { metres: number; px: number } {
  const metres = LENGTHS.reduce((best, length) => (length / metresPerPx <= most ? length : best), LENGTHS[0] ?? 5);
  return { metres, px: Math.round(metres / metresPerPx) };
}
