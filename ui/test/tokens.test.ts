// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const css = readFileSync(new URL('../src/theme/tokens.css', import.meta.url), 'utf8');
const block = (after: string) => {
  const from = css.indexOf('{', css.indexOf(after)) + 1;
  return css.slice(from, css.indexOf('}', from)).split('\n').map((line) => line.trim()).filter(Boolean);
};

it('the two copies of the night theme are alike', () => {
  const system = block(":root:not([data-theme='light'])");
  expect(system.length).toBeGreaterThan(30);
  expect(block(":root[data-theme='dark']")).toEqual(system);
});

it('night changes only what day names', () => {
  const day = css.slice(0, css.indexOf('@media'));
  for (const line of block(":root[data-theme='dark']")) expect(day).toContain(line.split(':')[0] ?? '');
});
