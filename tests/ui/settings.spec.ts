import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { outside } from './support/layout.ts';
import { repository } from './support/paths.ts';
import { saying, say } from './support/words.ts';

const fontOf = (page: Page) => page.locator('main p').first().evaluate((p) => parseFloat(getComputedStyle(p).fontSize));
const paperOf = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('text grows to twice its size at once, stays so, and nothing sticks out', async ({ app, page, phone }) => {
  await app.open('/settings');
  const sample = page.getByText(say('settings.text.sample'));
  const size = () => sample.evaluate((p) => parseFloat(getComputedStyle(p).fontSize));
  const first = await size();
  const sizes = [first];
  for (const wanted of [115, 130, 160, 200] as const) {
    await page.getByRole('radio', { name: say(`settings.text.${wanted}`), exact: true }).check();
    await expect.poll(size).toBeGreaterThan(sizes.at(-1) ?? 0);
    sizes.push(await size());
  }
  expect(sizes.at(-1)).toBeCloseTo(first * 2, 0);
  await expect.poll(async () => (await phone.call('settings', {})).text_size).toBe(200);
  await app.again('/notices/gikai-12');
  await expect(page.locator('article')).toBeVisible();
  expect(await fontOf(page)).toBeGreaterThan(26);
  expect(await outside(page)).toEqual([]);
});

test('light, dark, and as the phone says', async ({ app, page, phone }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await app.open('/settings');
  const light = await paperOf(page);
  await page.getByRole('radio', { name: say('settings.theme.dark') }).check();
  await expect.poll(() => paperOf(page)).not.toBe(light);
  const dark = await paperOf(page);
  await expect.poll(async () => (await phone.call('settings', {})).theme).toBe('dark');
  await app.again('/settings');
  await expect.poll(() => paperOf(page)).toBe(dark);
  await page.getByRole('radio', { name: say('settings.theme.light') }).check();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => paperOf(page)).toBe(light);
  await page.getByRole('radio', { name: say('settings.theme.auto') }).check();
  await expect.poll(() => paperOf(page)).toBe(dark);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => paperOf(page)).toBe(light);
});

test('the language changes every word of ours, and the page says which it is', async ({ app, page }) => {
  await app.open('/settings');
  await page.getByRole('radio', { name: say('settings.language.en') }).check();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('settings.title', {}, 'en'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await app.go('/');
  await expect(page.getByText(say('today.new', {}, 'en'))).toBeVisible();
  await app.go('/settings');
  await page.getByRole('radio', { name: say('settings.language.ja-easy', {}, 'en') }).check();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page.locator('h1 ruby rt')).toHaveText('せってい');
  await app.again('/places');
  await expect(page.locator('h2 ruby').first()).toBeVisible();
});

test('content is thrown away and fetched again; what is private stays', async ({ app, page, phone }) => {
  await phone.call('mark', { id: 'gikai-12', as: 'saved' });
  await app.open('/settings');
  await page.getByRole('button', { name: say('settings.storage.forget') }).click();
  await expect(page.getByText(say('settings.storage.done'))).toBeVisible();
  expect((await phone.call('notices', { limit: 1000 })).rows).toEqual([]);
  await expect(page.getByText(say('age.never'))).toBeVisible();
  await page.getByRole('button', { name: say('undo') }).click();
  await expect.poll(async () => (await phone.call('notices', { limit: 1000 })).rows.length).toBeGreaterThan(40);
  await expect(page.getByText(say('age.never'))).toHaveCount(0);
  await app.go('/notices?view=saved');
  await expect(page.getByRole('link', { name: /市議会12月定例会/ })).toBeVisible();
});

test('nothing is thrown away that could not be fetched again', async ({ app, page, phone }) => {
  phone.device.offline = true;
  await app.open('/settings');
  await expect(page.getByText(say('settings.storage.offline'))).toBeVisible();
  await expect(page.getByRole('button', { name: say('settings.storage.forget') })).toHaveCount(0);
});

test('what the app is made of', async ({ app, page, phone }) => {
  await app.open('/settings');
  await page.getByRole('link', { name: say('settings.about') }).click();
  const { licences, version } = await phone.call('about', {});
  const works = JSON.parse(readFileSync(join(repository, 'ui/src/features/settings/works.json'), 'utf8')) as unknown[];
  expect(licences.length).toBeGreaterThan(50);
  // The core's, and those that the screens are built of.
  await expect(page.getByText(say('about.licences.text', { n: licences.length + works.length }))).toBeVisible();
  await expect(page.getByText(say('settings.about.version', { version }))).toBeVisible();
  await expect(page.getByText('rusqlite').first()).toBeVisible();
  // A list of several works may speak of it: the one whose licence is folded up as BSD-3-Clause.
  const map = page.getByRole('listitem').filter({ hasText: 'maplibre-gl' });
  await map.locator('summary').filter({ hasText: 'BSD-3-Clause' }).last().click();
  await expect(map.getByText('Redistributions in binary form must reproduce the above copyright notice').filter({ visible: true }).first()).toBeVisible();
  for (const promise of ['offline', 'private', 'signed'] as const) await expect(page.getByText(say(`about.promise.${promise}`))).toBeVisible();
});

test('an address that leads nowhere has a way on', async ({ app, page }) => {
  await app.open('/nowhere');
  await expect(page.getByRole('heading', { level: 1, name: say('state.not-found.title') })).toBeVisible();
  await page.getByRole('link', { name: say('state.not-found.action') }).click();
  await expect(page.getByRole('heading', { level: 1, name: '11月20日 金曜日' })).toBeVisible();
});

test('what cannot be read is told with a way on, and the rest stays usable', async ({ app, page, watch }) => {
  watch.expectStatus(500, 'places');
  // The quiet look at the town is over, so that nothing but the reader's hand asks again.
  const quiet = page.waitForResponse(/\/ipc\/sync$/).then(() => page.waitForResponse(/\/ipc\/today$/));
  await app.open('/');
  await quiet;
  await expect(page.getByText(say('today.new'))).toBeVisible();
  await page.route('**/ipc/places', (route) => route.fulfill({ status: 500, json: { error: { code: 'store', message: 'the file is damaged' } } }));
  await app.go('/places?kind=aed');
  await expect(page.getByText(say('state.error.title'))).toBeVisible();
  await expect(page.getByText(say('state.error.code', { code: 'store' }))).toBeVisible();
  await expect(page.locator('body')).not.toContainText('the file is damaged');
  await page.unroute('**/ipc/places');
  await page.getByRole('button', { name: say('state.retry') }).click();
  await expect(page.getByText(saying('places.found'))).toBeVisible();
});
