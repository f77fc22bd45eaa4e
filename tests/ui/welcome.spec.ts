import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { elsewhere } from './support/elsewhere.ts';
import { App, expect, test as base } from './support/fixtures.ts';
import { Phone } from './support/phone.ts';
import { Town } from './support/town.ts';
import { say, type Key, type Language } from './support/words.ts';
import { Wire } from './support/wire.ts';
import { manyNotices } from './support/worlds.ts';

/** On a phone that knows no town. */
const test = base.extend<{ fresh: App }>({
  fresh: async ({ page }, use) => {
    const phone = await Phone.fresh();
    await use(new App(page, phone));
    await page.goto('about:blank');
    await phone.close();
  },
});

async function join(page: Page, address: string, language: Language = 'ja'): Promise<void> {
  await page.getByLabel(say('welcome.address', {}, language)).fill(address);
  await page.getByRole('button', { name: say('welcome.join', {}, language) }).click();
}

test('the language holds at once and after closing the app', async ({ fresh, page }) => {
  await fresh.open('/welcome');
  await expect(page.getByText(say('welcome.lead'))).toBeVisible();
  await page.getByLabel(say('settings.language.en')).click();
  await expect(page.getByText(say('welcome.lead', {}, 'en'))).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByLabel(say('settings.language.ja-easy', {}, 'en')).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page.locator('ruby').first()).toBeVisible();
  await page.getByLabel(say('settings.language.en', {}, 'ja-easy')).click();
  // It is shown when it is kept.
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await fresh.again('/welcome');
  await expect(page.getByText(say('welcome.lead', {}, 'en'))).toBeVisible();
});

test('an address that is none is told before anything is sent', async ({ fresh, page }) => {
  await fresh.open('/welcome');
  const sent: string[] = [];
  page.on('request', (request) => request.url().endsWith('/ipc/join') && sent.push(request.url()));
  const field = page.getByLabel(say('welcome.address'));
  const cases: [string, Key][] = [
    ['', 'welcome.error.missing'],
    ['222127', 'welcome.error.code'],
    ['焼津市', 'welcome.error.name'],
  ];
  for (const [typed, why] of cases) {
    await join(page, typed);
    await expect(page.getByRole('alert')).toContainText(say(why));
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
  }
  await field.fill('https');
  await expect(page.getByText(say('welcome.error.name'))).toHaveCount(0);
  expect(sent).toEqual([]);
});

test('what is at the address is no town', async ({ fresh, page, watch, mihon }) => {
  const html = await elsewhere('<!doctype html><title>ほかのページ</title>');
  const nothing = await elsewhere('not here', 'text/plain', 404);
  const json = await elsewhere('{"signed":{},"signatures":[]}', 'application/json');
  watch.expectStatus(422, 'join');
  watch.expectStatus(503, 'join');
  watch.expectStatus(404, 'join');
  await fresh.open('/welcome');
  const root = createHash('sha256').update(await readFile(mihon.root)).digest('hex');
  const link = (fingerprint: string, url: string) => `madoguchi://join?url=${encodeURIComponent(url)}&root=${fingerprint}`;
  const { url } = await mihon.server();
  const cases: [string, Key][] = [
    ['http://127.0.0.1:9/', 'welcome.error.unreachable'],
    ['http://machi.example.jp/992011/', 'welcome.error.insecure-address'],
    [html.url, 'welcome.error.captive-portal'],
    [nothing.url, 'welcome.error.not-there'],
    [json.url, 'welcome.error.other'],
    [link('0'.repeat(64), url), 'welcome.error.other-fingerprint'],
  ];
  for (const [typed, why] of cases) {
    await join(page, typed);
    await expect(page.getByRole('alert'), typed).toContainText(say(why));
    expect((await fresh.phone.call('towns', {})).towns, typed).toEqual([]);
  }
  // Who presses again has not agreed to do without the mark.
  await page.getByRole('button', { name: say('welcome.join') }).click();
  await expect(page.getByText(say('welcome.error.other-fingerprint')).or(page.getByText(say('welcome.joined', { town: '見本市' })))).toBeVisible();
  expect((await fresh.phone.call('towns', {})).towns, 'not joined without the mark').toEqual([]);
  await expect(page.getByRole('alert')).toContainText(say('welcome.error.other-fingerprint'));
  // The right one opens.
  await join(page, link(root, url));
  await expect(page.getByText(say('welcome.joined', { town: '見本市' }))).toBeVisible();
  for (const other of [html, nothing, json]) other.close();
});

test('out of range', async ({ fresh, page, mihon }) => {
  const { url } = await mihon.server();
  fresh.phone.device.offline = true;
  await fresh.open('/welcome');
  await join(page, url);
  await expect(page.getByRole('alert')).toContainText(say('welcome.error.offline'));
  fresh.phone.device.offline = false;
  await join(page, url);
  await expect(page.getByText(say('welcome.joined', { town: '見本市' }))).toBeVisible();
});

test('the first sync tells how far it is and can be left', async ({ fresh, page, mihon }) => {
  const wire = await Wire.to((await mihon.server()).url);
  await fresh.open('/welcome');
  wire.allow(20_000);
  await join(page, wire.url);
  await expect(page.getByText(say('welcome.progress.got'))).toBeVisible();
  await expect(page.getByText(/／.*受け取りました/)).toBeVisible();
  const bar = page.getByRole('progressbar');
  await expect(bar).toHaveAttribute('max', /\d+/);
  await page.getByRole('link', { name: say('welcome.leave.action') }).click();
  await expect(page.getByRole('navigation', { name: say('tab.label') })).toBeVisible();
  await expect(page.getByText(say('state.no-town.title'))).toHaveCount(0);
  await expect(page.getByText(say('age.syncing')).or(page.getByText(say('welcome.progress.got'))).first()).toBeVisible();
  wire.mend();
  // It went on without the screen, and the screen that is shown follows.
  await expect(page.getByText(say('today.new'))).toBeVisible();
  await wire.close();
});

test('a choice made while joining holds', async ({ fresh, page, mihon }) => {
  await fresh.open('/welcome');
  await join(page, (await mihon.server()).url);
  await expect(page.getByText(say('welcome.joined', { town: '見本市' }))).toBeVisible();
  await expect(page.getByText(say('welcome.unconfirmed', { url: `${(await mihon.server()).url}/` }))).toBeVisible();
  await page.getByRole('checkbox', { name: say('segment.senior') }).uncheck();
  await expect.poll(async () => (await fresh.phone.call('segments', {})).find((one) => one.code === 'senior')?.chosen).toBe(false);
  await page.getByRole('link', { name: say('welcome.area') }).click();
  await page.getByRole('radio', { name: /西部地区/ }).check();
  await expect.poll(async () => (await fresh.phone.call('garbage', {})).area?.name).toContain('西部地区');
  await fresh.again('/');
  await expect(page.getByText(say('garbage.today'))).toBeVisible();
  await fresh.go('/notices');
  await expect(page.getByText(/選んでいない種類のお知らせが、あと\d+件あります/)).toBeVisible();
});

test('a second town, and leaving one', async ({ app, page, phone }) => {
  const other = await Town.make({ name: '小見市', files: { 'notices.csv': manyNotices(2) } });
  await app.open('/settings');
  await page.getByRole('link', { name: say('settings.town.add') }).click();
  await join(page, (await other.server()).url);
  await expect(page.getByText(say('welcome.joined', { town: '小見市' }))).toBeVisible();
  await page.getByRole('link', { name: say('welcome.start') }).click();
  await expect(page.getByText('小見市', { exact: true })).toBeVisible();
  await app.go('/notices');
  await expect(page.getByRole('link', { name: /お知らせの 2 番/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /水道の水/ })).toHaveCount(0);

  // Nothing of one town is left on the screen of the other.
  await app.go('/settings');
  await page.getByRole('radio', { name: /見本市/ }).check();
  await app.go('/notices');
  await expect(page.getByRole('link', { name: /水道の水/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /お知らせの 2 番/ })).toHaveCount(0);

  // Leaving asks first, and keeping is as easy.
  await app.go('/settings');
  await page.getByRole('button', { name: say('settings.town.leave', { town: '見本市' }) }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText(say('settings.town.leave.text', { town: '見本市' }));
  await sheet.getByRole('button', { name: say('settings.town.leave.keep') }).click();
  await expect(sheet).toBeHidden();
  expect((await phone.call('towns', {})).towns).toHaveLength(2);
  await page.getByRole('button', { name: say('settings.town.leave', { town: '見本市' }) }).click();
  await sheet.getByRole('button', { name: say('settings.town.leave.do') }).click();
  await expect(page.getByText(say('settings.town.left', { town: '見本市' }))).toBeVisible();
  expect((await phone.call('towns', {})).towns.map((town) => town.name)).toEqual(['小見市']);
  await app.go('/notices');
  await expect(page.getByRole('link', { name: /お知らせの 2 番/ })).toBeVisible();

  await app.go('/settings');
  await page.getByRole('button', { name: say('settings.town.leave', { town: '小見市' }) }).click();
  await sheet.getByRole('button', { name: say('settings.town.leave.do') }).click();
  await expect(page.getByText(say('settings.town.left', { town: '小見市' }))).toBeVisible();
  await app.go('/');
  await expect(page.getByText(say('state.no-town.title'))).toBeVisible();
  await other.close();
});
