// @vitest-environment node
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pieces } from '../src/app/format';
import enBenefits from '../src/messages/benefits.en.json';
import jaBenefits from '../src/messages/benefits.ja.json';
import easyBenefits from '../src/messages/benefits.ja-easy.json';
import enApp from '../src/messages/en.json';
import jaApp from '../src/messages/ja.json';
import easyApp from '../src/messages/ja-easy.json';
import enMap from '../src/messages/map.en.json';
import jaMap from '../src/messages/map.ja.json';
import easyMap from '../src/messages/map.ja-easy.json';
import enWelcome from '../src/messages/welcome.en.json';
import jaWelcome from '../src/messages/welcome.ja.json';
import easyWelcome from '../src/messages/welcome.ja-easy.json';

// The app's words, and those that come with a feature: together as a screen has them.
const ja = { ...jaApp, ...jaBenefits, ...jaMap, ...jaWelcome };
const easy: Record<string, string> = { ...easyApp, ...easyBenefits, ...easyMap, ...easyWelcome };
const en: Record<string, string> = { ...enApp, ...enBenefits, ...enMap, ...enWelcome };
const files: Record<string, Record<string, string>> = { 'ja-easy': easy, en };
const params = (message: string) => [...new Set([...message.matchAll(/\{(\w+)(?:\}|, plural)/g)].map((m) => m[1]))].sort();
// A date's pattern may leave facts out and take others: each language writes dates in its own way.
const isPattern = (key: string) => /^(date|time)\./.test(key);

describe('messages', () => {
  for (const [name, messages] of Object.entries(files)) {
    it(`${name} has the keys of ja`, () => expect(Object.keys(messages).sort()).toEqual(Object.keys(ja).sort()));
    it(`${name} takes the same params`, () => {
      for (const [key, message] of Object.entries(ja)) {
        if (!isPattern(key)) expect([key, params(messages[key] ?? '')]).toEqual([key, params(message)]);
      }
    });
    it(`${name} leaves nothing empty`, () => expect(Object.values(messages).filter((m) => m.trim() === '')).toEqual([]));
  }
  it('of a feature do not stand in the app’s file too', () => {
    for (const [name, words] of Object.entries({ benefits: jaBenefits, map: jaMap, welcome: jaWelcome })) {
      expect(Object.keys(words).filter((key) => key in jaApp || !key.startsWith(`${name}.`))).toEqual([]);
    }
  });
  it('ja-easy gives every kanji a reading', () => {
    for (const [key, message] of Object.entries(easy)) {
      for (const piece of pieces(message)) if (!piece.reading) expect([key, piece.text]).toEqual([key, piece.text.replace(/\p{Script=Han}/gu, '')]);
    }
  });
  it('knows every segment of the model', () => {
    const source = readFileSync(new URL('../../crates/model/src/segment.rs', import.meta.url), 'utf8');
    const codes = [...source.matchAll(/^ {4}\w+ "([a-z.]+)" \[/gm)].map((m) => `segment.${m[1]}`);
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !(code in ja))).toEqual([]);
  });
});

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

describe('code', () => {
  const root = new URL('../src/', import.meta.url).pathname;
  const sources = walk(root).filter((path) => !path.includes('/messages/') && /\.(svelte|ts)$/.test(path));
  const bare = (source: string) => source.replace(/<!--[\s\S]*?-->/g, '').replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

  it.each(sources.map((path) => [path.slice(root.length), path]))('%s holds no Japanese', (_, path) => {
    expect(bare(readFileSync(path, 'utf8')).match(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]+/gu) ?? []).toEqual([]);
  });

  it.each(sources.filter((p) => p.endsWith('.svelte')).map((path) => [path.slice(root.length), path]))('%s holds no words and no HTML', (_, path) => {
    const source = bare(readFileSync(path, 'utf8')).replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
    expect(source).not.toContain('{@html');
    expect([...words(source)]).toEqual([]);
  });
});

/** Text of a template that stands outside of tags and braces, and words in attributes that are read aloud or shown. */
function* words(source: string): Generator<string> {
  for (const [, text = ''] of source.matchAll(/\s(?:aria-label|title|alt|placeholder|label)="([^"{]+)"/g)) yield text;
  let depth = 0;
  let tag = false;
  let text = '';
  for (const char of source) {
    if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    else if (depth === 0 && char === '<') tag = true;
    else if (depth === 0 && char === '>') tag = false;
    else if (depth === 0 && !tag) text += char;
  }
  const found = text.match(/[A-Za-z]{2,}/g);
  if (found) yield found.join(' ');
}
