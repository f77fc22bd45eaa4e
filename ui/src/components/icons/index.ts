import { first } from './first';
import type { more } from './more';

/** Every icon: those that come with the app, and those that come with the first screen that is fetched. */
export type IconName = keyof typeof first | keyof typeof more;

const known: Partial<Record<IconName, string>> = { ...first };

/** The outline of an icon. */
export const outline = (name: IconName): string => known[name] ?? '';

/** Fetches the icons that the first screens do not need. */
export async function moreIcons(): Promise<void> {
  Object.assign(known, (await import('./more')).more);
}
