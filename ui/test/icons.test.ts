// @vitest-environment node
import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { icons } from '../src/components/icons';

it('carries no icon that nothing shows', () => {
  const root = new URL('../src/', import.meta.url);
  const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|ts)$/.test(path) && !path.endsWith('icons.ts'))
    .map((path) => readFileSync(new URL(path, root), 'utf8'))
    .join('\n');
  expect(Object.keys(icons).filter((name) => !new RegExp(`['"]${name}['"]`).test(source))).toEqual([]);
});
