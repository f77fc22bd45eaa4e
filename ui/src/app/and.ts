import { marked } from './i18n.svelte';

/** Several words as one says them together; empty for none. */
export const allOf = (words: readonly string[]): string => words.reduce((first, second) => (first ? marked('place.hours.and', { first, second }) : second), '');
