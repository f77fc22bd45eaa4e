// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files = ['../src/theme/tokens.css', '../src/features/map/colours.css'].map((name) => [name, readFileSync(new URL(name, import.meta.url), 'utf8')] as const);
const block = (css: string, after: string) => {
  const from = css.indexOf('{', css.indexOf(after)) + 1;
  return css.slice(from, css.indexOf('}', from)).split('\n').map((line) => line.trim()).filter(Boolean);
};

it.each(files)('the two copies of the night theme are alike in %s', (_, css) => {
  const system = block(css, ":root:not([data-theme='light'])");
  expect(system.length).toBeGreaterThan(30);
  expect(block(css, ":root[data-theme='dark']")).toEqual(system);
});

it.each(files)('night changes only what day names in %s', (_, css) => {
  const day = css.slice(0, css.indexOf('@media'));
  for (const line of block(css, ":root[data-theme='dark']")) expect(day).toContain(line.split(':')[0] ?? '');
});
