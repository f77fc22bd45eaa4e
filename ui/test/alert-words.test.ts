// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { plain } from '../src/app/format';
import { life } from '../src/features/alerts/words';
import type { Hazard } from '../src/ipc/types';
import en from '../src/messages/en.json';
import ja from '../src/messages/ja.json';
import easy from '../src/messages/ja-easy.json';

const tables = readFileSync(new URL('../../docs/alert-words.md', import.meta.url), 'utf8');
const cells = tables.split('\n').filter((line) => line.startsWith('| ')).map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
const row = (head: string) => cells.find(([first]) => first === head)?.slice(1);
const languages: Record<string, string>[] = [ja, easy, en];
const said = (keys: string[]) => languages.map((messages) => keys.flatMap((key) => messages[key] ?? []).map(plain).join('<br>'));

it('the words by level are those of docs/alert-words.md', () => {
  for (const level of [0, 1, 2, 3, 4, 5]) {
    const listed = row(String(level))?.map((cell) => cell.replaceAll('**', ''));
    expect([level, listed]).toEqual([level, said([`alert.act.${level}`, `alert.name.${level}`, `alert.who.${level}`])]);
  }
});

it('the words that protect life are those of docs/alert-words.md', () => {
  const kinds = Object.keys(ja).filter((key) => /^alert\.life\.[a-z]+$/.test(key)).sort();
  const heads = { landslide: 'landslide', other: 'any other', tsunami: 'tsunami', water: 'flood, inland-flood, storm-surge' };
  expect(kinds).toEqual(Object.keys(heads).map((kind) => `alert.life.${kind}`));
  for (const [kind, head] of Object.entries(heads)) {
    const [now, not] = [`alert.life.${kind}`, `alert.life.${kind}.not`];
    expect([head, row(head)]).toEqual([head, said([now, not])]);
    for (const hazard of head.split(', ')) expect([hazard, life(hazard as Hazard)]).toEqual([hazard, { now, not }]);
  }
});
