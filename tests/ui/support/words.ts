import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type benefits from '../../../ui/src/messages/benefits.ja.json';
import type ja from '../../../ui/src/messages/ja.json';
import type map from '../../../ui/src/messages/map.ja.json';
import type welcome from '../../../ui/src/messages/welcome.ja.json';
import { format, plain, type Params } from '../../../ui/src/app/format.ts';
import { repository } from './paths.ts';

export type Key = keyof typeof ja | keyof typeof benefits | keyof typeof map | keyof typeof welcome;
export type Language = 'ja' | 'ja-easy' | 'en';

const files = new Map<Language, Record<string, string>>();

/** Every message of a language, with its marks. */
export function messages(language: Language = 'ja'): Record<string, string> {
  const known = files.get(language);
  if (known) return known;
  const file = (name: string) => JSON.parse(readFileSync(join(repository, `ui/src/messages/${name}.json`), 'utf8')) as Record<string, string>;
  const read = { ...file(language), ...file(`benefits.${language}`), ...file(`map.${language}`), ...file(`welcome.${language}`) };
  files.set(language, read);
  return read;
}

/** What the app says, as plain text. */
export function say(key: Key, params: Params = {}, language: Language = 'ja'): string {
  const message = messages(language)[key];
  if (message === undefined) throw new Error(`there is no message ${key}`);
  return plain(format(message, params, language === 'en' ? 'en' : 'ja'));
}

/** What the app says, whatever is filled in. */
export function saying(key: Key, language: Language = 'ja'): RegExp {
  const message = plain(messages(language)[key] ?? '');
  const parts = message.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('.+'));
}
