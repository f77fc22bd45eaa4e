import left from './details-words.json';

/** What else the town says of a thing, under names that can be read: what serves machines only is left out. The
 * standard data sets part several values by `;`. */
export const details = (pairs: readonly [string, string][]): [string, string][] =>
  pairs
    .filter(([name, value]) => value.trim() !== '' && !left.some((word) => name.endsWith(word)))
    .map(([name, value]) => [name.replaceAll('_', ' '), value.includes('://') ? value : value.split(/\s*;\s*/).filter(Boolean).join('、')]);
