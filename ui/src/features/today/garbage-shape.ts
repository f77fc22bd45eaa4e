import words from './garbage-words.json';

/** A drawing that stands beside the name of a kind of garbage. */
export type Shape = 'bag' | 'bottle' | 'cans' | 'paper';

/** Which drawing fits the town's name of a kind; none where no word is known. The first list that has a word decides. */
export function shape(name: string): Shape | undefined {
  const [found] = (words as [string, string[]][]).find(([, some]) => some.some((word) => name.includes(word))) ?? [];
  return found === 'other' ? undefined : (found as Shape | undefined);
}
