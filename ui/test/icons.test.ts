// @vitest-environment node
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { first } from '../src/components/icons/first';
import { more } from '../src/components/icons/more';

const root = new URL('../src/', import.meta.url).pathname;
const read = (path: string) => readFileSync(path, 'utf8');
const named = (source: string, name: string) => new RegExp(`['"]${name}['"]`).test(source);

/** A file and all that it imports with `import … from` (not with `import()`). */
function reached(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, type, wanted = ''] of read(path).matchAll(/^\s*import (type )?(?:[^'(]*? from )?'(\.[^']+)'/gm)) {
    const found = ['', '.ts', '/index.ts'].map((end) => join(dirname(path), wanted) + end).find((file) => /\.(svelte|ts)$/.test(file) && existsSync(file));
    if (!type && found) reached(found, seen);
  }
  return seen;
}

it('carries no icon that nothing shows', () => {
  const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|ts)$/.test(path) && !path.includes('components/icons/'))
    .map((path) => read(join(root, path)))
    .join('\n');
  expect(Object.keys({ ...first, ...more }).filter((name) => !named(source, name))).toEqual([]);
});

it('brings with the app the icons of the first screens and no other', () => {
  const source = [...reached(join(root, 'main.ts'))].filter((path) => !path.includes('components/icons/')).map(read).join('\n');
  expect(Object.keys(more).filter((name) => named(source, name))).toEqual([]);
  expect(Object.keys(first).filter((name) => !named(source, name))).toEqual([]);
});
