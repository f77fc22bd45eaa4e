import ja from '../messages/ja.json';
import type { Language } from '../ipc/types';
import { format, plain, type Params } from './format';

export type MessageKey = keyof typeof ja;
export type Messages = Record<MessageKey, string>;

const files: Record<Language, () => Promise<Messages>> = {
  ja: async () => ja,
  'ja-easy': async () => (await import('../messages/ja-easy.json')).default,
  en: async () => (await import('../messages/en.json')).default,
};

class Speech {
  language = $state<Language>('ja');
  messages = $state.raw<Messages>(ja);
}
const speech = new Speech();

/** The language in which the app speaks. */
export const language = (): Language => speech.language;

/** Loads a language and speaks it from now on. */
export async function speak(wanted: Language): Promise<void> {
  speech.messages = await files[wanted]();
  speech.language = wanted;
  const root = document.documentElement;
  root.lang = wanted === 'en' ? 'en' : 'ja';
  root.toggleAttribute('data-ruby', wanted === 'ja-easy');
}

/** A message with its ruby marks, for `<Words>`. */
export function marked(key: MessageKey, params: Params = {}): string {
  return format(speech.messages[key], params, speech.language === 'en' ? 'en' : 'ja');
}

/** A message as plain text: for attributes, titles and what is shared. */
export function t(key: MessageKey, params: Params = {}): string {
  return plain(marked(key, params));
}

/** Is there a message of this name? For names that come from codes. */
export function isMessage(key: string): key is MessageKey {
  return key in ja;
}
