import type benefits from '../messages/benefits.ja.json';
import ja from '../messages/ja.json';
import type map from '../messages/map.ja.json';
import type welcome from '../messages/welcome.ja.json';
import type { Language } from '../ipc/types';
import { format, plain, type Params } from './format';

/** Words that come with a feature's first screen, not with the app. */
export type Part = 'benefits' | 'map' | 'welcome';
export type MessageKey = keyof typeof ja | keyof typeof benefits | keyof typeof map | keyof typeof welcome;
export type Messages = Record<MessageKey, string>;
type File = Partial<Messages>;

const files: Record<Language, () => Promise<File>> = {
  ja: async () => ja,
  'ja-easy': async () => (await import('../messages/ja-easy.json')).default,
  en: async () => (await import('../messages/en.json')).default,
};
const parts: Record<Part, Record<Language, () => Promise<File>>> = {
  benefits: {
    ja: async () => (await import('../messages/benefits.ja.json')).default,
    'ja-easy': async () => (await import('../messages/benefits.ja-easy.json')).default,
    en: async () => (await import('../messages/benefits.en.json')).default,
  },
  map: {
    ja: async () => (await import('../messages/map.ja.json')).default,
    'ja-easy': async () => (await import('../messages/map.ja-easy.json')).default,
    en: async () => (await import('../messages/map.en.json')).default,
  },
  welcome: {
    ja: async () => (await import('../messages/welcome.ja.json')).default,
    'ja-easy': async () => (await import('../messages/welcome.ja-easy.json')).default,
    en: async () => (await import('../messages/welcome.en.json')).default,
  },
};
const taken = new Set<Part>();

class Speech {
  language = $state<Language>('ja');
  messages = $state.raw<File>(ja);
}
const speech = new Speech();

/** The language in which the app speaks. */
export const language = (): Language => speech.language;

/** Loads a language and speaks it from now on. */
export async function speak(wanted: Language): Promise<void> {
  const load = () => Promise.all([files[wanted](), ...[...taken].map((part) => parts[part][wanted]())]);
  let loaded = await load();
  // A feature's words came meanwhile, in the language before.
  while (loaded.length <= taken.size) loaded = await load();
  speech.messages = Object.assign({}, ...loaded) as File;
  speech.language = wanted;
  const root = document.documentElement;
  root.lang = wanted === 'en' ? 'en' : 'ja';
  root.toggleAttribute('data-ruby', wanted === 'ja-easy');
}

/** Loads a feature's words, in this language and in those to come. */
export async function words(part: Part): Promise<void> {
  if (taken.has(part)) return;
  const wanted = speech.language;
  const file = await parts[part][wanted]();
  taken.add(part);
  speech.messages = { ...file, ...speech.messages };
  // Another language was chosen meanwhile.
  if (speech.language !== wanted) await speak(speech.language);
}

/** A message with its ruby marks, for `<Words>`. */
export function marked(key: MessageKey, params: Params = {}): string {
  return format(speech.messages[key] ?? '', params, speech.language === 'en' ? 'en' : 'ja');
}

/** A message as plain text: for attributes, titles and what is shared. */
export function t(key: MessageKey, params: Params = {}): string {
  return plain(marked(key, params));
}

/** Is there a message of this name? For names that come from codes. */
export function isMessage(key: string): key is MessageKey {
  return key in speech.messages;
}
