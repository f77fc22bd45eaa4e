// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { firstLoad } from '../scripts/first-load.mjs';

let dist = '';
const put = (files: Record<string, string>) => Object.entries(files).forEach(([name, text]) => writeFileSync(join(dist, name), text));
const names = () => firstLoad(dist).files.map(({ file }) => file).sort();

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'first-load-'));
  mkdirSync(join(dist, 'assets'));
});
afterEach(() => rmSync(dist, { recursive: true }));

it('follows what is imported at once and nothing that is fetched later', () => {
  put({
    'index.html': '<script type="module" crossorigin src="./assets/index-a.js"></script><link rel="modulepreload" href="./assets/b-b.js"><link rel="stylesheet" href="./assets/index-a.css"><link rel="icon" href="./icon.svg">',
    'assets/index-a.js': 'import{a as e,b as t}from"./b-b.js";import"./c-c.js";const x=()=>import("./later-d.js");export{x}from"./e-e.js";',
    'assets/b-b.js': 'import * as q from"./c-c.js";var s="import x from \\"./nothing.js\\"".length;export{s as a}',
    'assets/c-c.js': 'export default 1',
    'assets/e-e.js': 'export const x=1',
    'assets/later-d.js': 'import"./more-f.js";',
    'assets/more-f.js': '',
    'assets/index-a.css': 'a{}',
  });
  expect(names()).toEqual(['assets/b-b.js', 'assets/c-c.js', 'assets/e-e.js', 'assets/index-a.css', 'assets/index-a.js', 'index.html']);
});

it('counts the first screens and their words wherever they are', () => {
  put({
    'index.html': '<script type="module" src="./assets/index-a.js"></script>',
    'assets/index-a.js': 'import("./Notices-Ab_12345.js")',
    'assets/Notices-Ab_12345.js': 'import"./row-1.js"',
    'assets/Notices-Cd_12345.css': '',
    'assets/row-1.js': '',
    'assets/ja-Ef-12345.js': '',
    'assets/ja-easy-Gh_12345.js': '',
    'assets/en-Ij_12345.js': '',
    'assets/NoticeList-Kl_12345.js': '',
  });
  expect(names()).toEqual(['assets/Notices-Ab_12345.js', 'assets/Notices-Cd_12345.css', 'assets/index-a.js', 'assets/ja-Ef-12345.js', 'assets/row-1.js', 'index.html']);
});

it('adds up compressed sizes, and refuses to guess', () => {
  put({ 'index.html': '<script type="module" src="./assets/index-a.js"></script>', 'assets/index-a.js': 'x'.repeat(100_000) });
  const { bytes, files } = firstLoad(dist);
  expect(bytes).toBe(files.reduce((sum, file) => sum + file.bytes, 0));
  expect(bytes).toBeLessThan(1000);
  put({ 'index.html': '<script type="module" src="./assets/gone.js"></script>' });
  expect(() => firstLoad(dist)).toThrow('gone.js');
});
