import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { App, expect, test } from './support/fixtures.ts';
import { outside } from './support/layout.ts';
import { leaks } from './support/leaks.ts';
import { shared } from './support/paths.ts';
import { Phone } from './support/phone.ts';
import { Town } from './support/town.ts';
import { saying, say } from './support/words.ts';

// Real data lies beside the project and never enters it: where it is absent these tests say so.
test.describe.configure({ timeout: 120_000 });

/** What is wrong with a screen: nothing on it, codes in place of words, parts beside the page. */
async function wrong(page: Page, path: string): Promise<string[]> {
  await expect(page.getByRole('heading', { level: 1 }), path).toBeVisible();
  await expect(page.locator('.loading'), path).toHaveCount(0);
  const found = [...(await leaks(page)).map((code) => `code ${code}`), ...(await outside(page))];
  if ((await page.locator('main').innerText()).trim().length < 5) found.push('nothing on it');
  if ((await page.getByRole('heading', { level: 1 }).innerText()).trim() === '') found.push('no heading');
  return found.map((line) => `${path} ${line}`);
}

test('焼津市: every kind of place, and a place of each', async ({ page }) => {
  const data = shared('towns/yaizu_222127');
  test.skip(!data, 'no shared data: towns/yaizu_222127');
  const files: Record<string, string> = {};
  const town = await Town.make({ code: '222127', name: '焼津市', from: data ?? '', files });
  const phone = await Phone.joined(town);
  const app = new App(page, phone);
  const found: string[] = [];
  const see = async (path: string) => {
    await app.go(path);
    found.push(...(await wrong(page, path)));
  };
  await app.open('/');
  found.push(...(await wrong(page, '/')));
  for (const path of ['/notices', '/counter', '/events', '/garbage', '/garbage/area', '/segments', '/settings', '/alerts', '/places']) await see(path);
  const kinds = await phone.call('kinds', {});
  expect(kinds.length).toBeGreaterThan(15);
  await page.setViewportSize({ width: 320, height: 700 });
  for (const { kind, places } of kinds) {
    await see(`/places?kind=${encodeURIComponent(kind)}`);
    const known = saying('places.found');
    await expect(page.locator('main')).toContainText(known);
    await expect(page.locator('main')).toContainText(places.toLocaleString('ja'));
    const [first] = (await phone.call('places', { kind, limit: 1 })).rows;
    await see(`/places/${encodeURIComponent(first?.id ?? '')}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(first?.name ?? '');
  }
  await page.evaluate(() => (document.documentElement.dataset.text = '200'));
  for (const kind of ['emergency-site', 'shelter', 'tourism']) await see(`/places?kind=${kind}`);
  expect(found.join('\n')).toBe('');

  await page.setViewportSize({ width: 390, height: 844 });
  await app.again('/places?kind=emergency-site');
  await page.getByRole('searchbox').fill('ﾀﾜｰ');
  await expect(page.getByRole('link', { name: '中港タワー' })).toBeVisible();
  await page.goto('about:blank');
  await phone.close();
  await town.close();
});

test('830 articles of a real bulletin: the list, the search, and what stands in them', async ({ page }) => {
  const file = shared('notices/koho_142123.jsonl');
  test.skip(!file, 'no shared data: notices/koho_142123.jsonl');
  interface Article {
    id: string;
    title: string;
    body: string;
    category: string;
    date: string;
  }
  const articles = (await readFile(file ?? '', 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as Article);
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = articles.map((a) => [a.id, a.title, a.body, a.category, a.date].map(cell).join(','));
  const town = await Town.make({ code: '142123', name: '厚木市', files: { 'notices.csv': `id,title,body,segment,published_at,department\n${rows.map((row) => `${row},広報課\n`).join('')}` } });
  const phone = await Phone.joined(town);
  const app = new App(page, phone);
  const found: string[] = [];
  await app.open('/');
  found.push(...(await wrong(page, '/')));
  await app.go('/notices');
  found.push(...(await wrong(page, '/notices')));
  await page.setViewportSize({ width: 320, height: 700 });
  // The longest ones, and every fortieth.
  const long = [...articles].sort((a, b) => b.body.length - a.body.length || b.title.length - a.title.length).slice(0, 6);
  const some = [...long, ...articles.filter((_, i) => i % 40 === 0)];
  for (const { id, title } of some) {
    await app.go(`/notices/${encodeURIComponent(id)}`);
    found.push(...(await wrong(page, `/notices/${id}`)));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title.normalize('NFC').replace(/\s+/g, ' ').trim());
  }
  expect(found.join('\n')).toBe('');
  await page.setViewportSize({ width: 390, height: 844 });
  await app.go('/notices');
  await page.getByRole('searchbox').fill('相談');
  const { rows: hits } = await phone.call('notices', { search: '相談', limit: 1000 });
  expect(hits.length).toBeGreaterThan(5);
  await expect(page.getByRole('status').filter({ hasText: say('notices.found', { n: hits.length }) })).toBeVisible();
  await expect(page.getByRole('link', { name: hits[0]?.title ?? '?' }).first()).toBeVisible();
  await page.goto('about:blank');
  await phone.close();
  await town.close();
});

test('城陽市: garbage of a real town', async ({ page }) => {
  const data = shared('towns/gomi_5374/Joyo-shi');
  test.skip(!data, 'no shared data: towns/gomi_5374/Joyo-shi');
  const files: Record<string, string> = {};
  for (const name of await readdir(data ?? '.')) files[`gomi/${name}`] = await readFile(join(data ?? '', name), 'utf8');
  const town = await Town.make({ code: '262072', name: '城陽市', files });
  const phone = await Phone.joined(town);
  const app = new App(page, phone);
  await app.open('/garbage/area');
  const areas = await phone.call('garbage_areas', {});
  expect(areas.length).toBeGreaterThan(1);
  await page.getByRole('radio').first().check();
  await expect.poll(async () => (await phone.call('garbage', { days: 31 })).area?.id).toBe(areas[0]?.id);
  const found: string[] = [];
  await page.setViewportSize({ width: 320, height: 700 });
  for (const path of ['/', '/counter', '/garbage', '/garbage/area']) {
    await app.go(path);
    found.push(...(await wrong(page, path)));
  }
  await app.go('/garbage');
  await page.getByLabel(say('garbage.item.label')).fill('電池');
  await expect(page.locator('ul.items li').first()).toContainText('電池');
  found.push(...(await wrong(page, '/garbage 電池')));
  expect(found.join('\n')).toBe('');
  await page.goto('about:blank');
  await phone.close();
  await town.close();
});
