import { expect, test } from './support/fixtures.ts';
import { say, type Key } from './support/words.ts';

const id = encodeURIComponent;

test('kinds: what saves lives first, each with its number', async ({ app, page, phone }) => {
  await app.open('/places');
  const links = page.locator('main').getByRole('link');
  await expect(links.first()).toHaveText(say('kind.emergency-site'));
  await expect(links.nth(1)).toHaveText(say('kind.shelter'));
  const kinds = await phone.call('kinds', {});
  await expect(links).toHaveCount(kinds.length);
  const aed = kinds.find((kind) => kind.kind === 'aed');
  await expect(page.getByRole('listitem').filter({ hasText: say('kind.aed') })).toContainText(say('places.count', { n: aed?.places ?? 0 }));
  // A layer of the town's own keeps the town's name.
  await page.getByRole('link', { name: '災害用井戸' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('災害用井戸');
  await expect(page.getByText(say('places.found', { n: 8 }))).toBeVisible();
});

test('sites for one danger are not those for another', async ({ app, page, phone }) => {
  await app.open('/places?kind=emergency-site');
  const all = (await phone.call('places', { kind: 'emergency-site', limit: 1000 })).rows;
  await expect(page.getByText(say('places.found', { n: all.length }))).toBeVisible();
  await page.getByRole('checkbox', { name: say('hazard.tsunami') }).check();
  const safe = all.filter((row) => row.valid_for?.includes('tsunami'));
  expect(safe.length).toBeLessThan(all.length);
  await expect(page.getByText(say('places.found', { n: safe.length }))).toBeVisible();
  const shown = await page.locator('main [data-index] a').allTextContents();
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter((name) => !safe.some((row) => row.name === name))).toEqual([]);
  // Two dangers at once: those that hold against both.
  await page.getByRole('checkbox', { name: say('hazard.flood') }).check();
  const both = safe.filter((row) => row.valid_for?.includes('flood'));
  await expect(page.getByText(say('places.found', { n: both.length }))).toBeVisible();
});

test('the nearest first, from a building that one knows', async ({ app, page, phone }) => {
  await app.open('/places?kind=shelter');
  const sent: string[] = [];
  page.on('request', (request) => sent.push(new URL(request.url()).pathname));
  await page.getByRole('button', { name: say('places.here') }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('searchbox').fill('港町公民館');
  await sheet.getByRole('button', { name: /港町公民館/ }).first().click();
  await expect(page.getByText(say('places.here.from', { place: '港町公民館' }))).toBeVisible();
  const at = (await phone.call('places', { search: '港町公民館', kind: 'public-facility', limit: 1 })).rows[0];
  const near = (await phone.call('places', { kind: 'shelter', near: { lat: at?.lat ?? 0, lon: at?.lon ?? 0 }, limit: 1000 })).rows;
  await expect(page.locator('[data-index="0"]')).toContainText(near[0]?.name ?? '?');
  await expect(page.locator('[data-index="0"]')).toContainText(/およそ\d/);
  const metres = (await page.locator('main [data-index]').allTextContents()).map((text) => {
    const [, n = '', unit] = /およそ([\d,.]+)(メートル|キロ)/.exec(text) ?? [];
    return Number(n.replace(',', '')) * (unit === 'キロ' ? 1000 : 1);
  });
  expect(metres.length).toBeGreaterThan(2);
  expect(metres).toEqual([...metres].sort((a, b) => a - b));
  // It is kept for the other lists, and given up with one press.
  await app.go('/places?kind=aed');
  await expect(page.getByText(say('places.here.from', { place: '港町公民館' }))).toBeVisible();
  await page.getByRole('button', { name: say('places.here.stop') }).click();
  await expect(page.locator('main')).not.toContainText(/およそ\d/);
  expect(sent.filter((path) => !/^\/(ipc|assets)\/|^\/icon\.svg$/.test(path))).toEqual([]);
});

test('search by word, and nothing found', async ({ app, page }) => {
  await app.open('/places');
  await page.getByRole('searchbox').pressSequentially('公民館', { delay: 20 });
  await expect(page.getByRole('link', { name: '港町公民館' }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: say('kind.aed') })).toHaveCount(0);
  await page.getByRole('link', { name: '港町公民館' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('港町公民館');
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('公民館');
  await page.getByRole('searchbox').fill('ユニコーン');
  await expect(page.getByText(say('places.empty-search.title', { search: 'ユニコーン' }))).toBeVisible();
});

test('a place: hours, telephone, way; and for what it does not hold', async ({ app, page, watch }) => {
  await app.open(`/places/${id('public-facility:4')}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('市立図書館');
  // Friday: open; the town's own exception stands with it.
  await expect(page.getByText(say('place.hours.today', { hours: say('place.hours.span', { open: '9:30', close: '19:00' }) }))).toBeVisible();
  await expect(page.getByText(/土日は17時まで/)).toBeVisible();
  await expect(page.getByRole('link', { name: say('place.call') })).toHaveAttribute('href', 'tel:0999221230');
  const way = page.getByRole('link', { name: new RegExp(say('place.directions')) });
  expect(new URL((await way.getAttribute('href')) ?? '').search).not.toMatch(/origin|saddr/);
  await app.go(`/places/${id('emergency-site:0000000003')}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('本町小学校');
  const valid = page.getByRole('heading', { name: say('place.valid-for') }).locator('xpath=..');
  await expect(valid).toContainText(say('hazard.earthquake'));
  await expect(valid).not.toContainText(say('hazard.flood'));
  watch.expectStatus(404, 'place');
  await app.go('/places/nothing');
  await expect(page.getByText(say('place.missing.title'))).toBeVisible();
});

test('on Monday the library is closed', async ({ app, page, phone }) => {
  phone.device.pass(72);
  await app.open(`/places/${id('public-facility:4')}`);
  await expect(page.getByText(say('place.hours.closed-today'))).toBeVisible();
});

test('the counter leads to events and garbage in one press', async ({ app, page }) => {
  await app.open('/');
  const tabs: [Key, Key][] = [
    ['tab.counter', 'counter.title'],
    ['tab.map', 'map.title'],
    ['tab.notices', 'notices.title'],
  ];
  for (const [tab, title] of tabs) {
    await page.getByRole('navigation', { name: say('tab.label') }).getByRole('link', { name: say(tab) }).click();
    await expect(page.getByRole('heading', { level: 1, name: say(title) })).toBeVisible();
    await expect(page.getByRole('navigation', { name: say('tab.label') }).locator('[aria-current="page"]')).toContainText(say(tab));
  }
  await page.getByRole('navigation', { name: say('tab.label') }).getByRole('link', { name: say('tab.counter') }).click();
  await expect(page.getByText('0999-22-1111')).toBeVisible();
  await expect(page.getByRole('link', { name: say('place.call') })).toHaveAttribute('href', 'tel:0999221111');
  await page.getByRole('link', { name: say('counter.events') }).click();
  await expect(page.getByRole('heading', { level: 1, name: say('events.title') })).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: say('counter.garbage') }).click();
  await expect(page.getByRole('heading', { level: 1, name: say('garbage.title') })).toBeVisible();
});
