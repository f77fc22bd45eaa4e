// Draws every screen in every state: `npm run screens -- --out DIR [--long] [-g WORLD]`. A contact sheet lies beside the pictures;
// the count is printed as JSON. `--long` adds each screen in its whole height.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';

const { values } = parseArgs({ options: { out: { type: 'string' }, long: { type: 'boolean' }, grep: { type: 'string', short: 'g' } } });
if (!values.out) {
  console.error('npm run screens -- --out DIR');
  process.exit(2);
}
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
if (!values.grep) for (const old of readdirSync(out)) if (/(-(light|dark)(-long)?\.png|^[a-z0-9-]+\.txt)$/.test(old)) rmSync(join(out, old));

const words = ['playwright', 'test', '--config', 'screens.config.ts', ...(values.grep ? ['-g', values.grep] : [])];
const drawn = spawnSync('npx', words, {
  cwd: import.meta.dirname,
  stdio: ['ignore', 2, 2],
  env: { ...process.env, MADOGUCHI_SCREENS: out, MADOGUCHI_SCREENS_LONG: values.long ? '1' : '0' },
});

const files = readdirSync(out);
const pictures = files.filter((file) => /-(light|dark)\.png$/.test(file)).sort();
const missing = files.filter((file) => file.endsWith('.txt'));
const groups = Map.groupBy ? Map.groupBy(pictures, (file) => file.split('-')[0]) : new Map();
if (!Map.groupBy) for (const file of pictures) groups.set(file.split('-')[0], [...(groups.get(file.split('-')[0]) ?? []), file]);
const figure = (file) => `<figure><a href="${file}"><img src="${file}" alt="" loading="eager"></a><figcaption>${file.replace('.png', '')}</figcaption></figure>`;
const html = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>まどぐち</title>
<style>body{margin:24px;font:12px sans-serif;background:#8a8a8a;width:2400px}section{display:flex;flex-wrap:wrap;gap:12px}figure{margin:0;width:186px}img{width:186px;height:auto;display:block}figcaption{padding:4px 0 8px;overflow-wrap:anywhere}h2{margin:20px 0 8px}</style>
${[...groups].map(([name, some]) => `<h2>${name}</h2><section>${some.map(figure).join('')}</section>`).join('\n')}</html>\n`;
writeFileSync(join(out, 'index.html'), html);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 2448, height: 1000 } });
await page.goto(pathToFileURL(join(out, 'index.html')).href);
await page.screenshot({ path: join(out, 'contact-sheet.png'), fullPage: true });
await browser.close();

console.log(JSON.stringify({ out, pictures: pictures.length, missing: missing.map((file) => file.replace('.txt', '')) }));
process.exit(drawn.status === 0 && missing.length === 0 ? 0 : 1);
