import type { ComparedRow } from './types';

/** Is it somebody's in one town, and not known of another whether it is there? That is worth asking, and no "alike". */
export const isOpen = ({ cells }: Pick<ComparedRow, 'cells'>): boolean => cells.some(({ answer }) => !answer) && cells.some(({ answer }) => answer && answer.verdict !== 'not-eligible');
