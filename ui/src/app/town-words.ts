import { language } from './i18n.svelte';
import { split, type Piece } from './format';

/** The `lang` attribute for words of the town: none where they are in the app's own language. */
export function langOf(tag: string | undefined): string | undefined {
  const shown = tag === 'ja-easy' ? 'ja' : tag;
  return shown === (language() === 'en' ? 'en' : 'ja') ? undefined : shown;
}

const READING = /\{([^{}|]+)\|([^{}|]+)\}/g;

/** A town's title in easy Japanese, in which it may write readings as in its texts: `{水|みず}`. */
export function titlePieces(title: string, tag: string | undefined): Piece[] {
  return tag === 'ja-easy' ? split(title, READING) : [{ text: title }];
}

/** The same as plain text: for attributes and for what is shared. */
export const titleText = (title: string, tag: string | undefined): string => titlePieces(title, tag).map(({ text }) => text).join('');
