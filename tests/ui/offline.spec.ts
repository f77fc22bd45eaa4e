import { App, expect, test } from './support/fixtures.ts';
import { Phone } from './support/phone.ts';
import { Town } from './support/town.ts';
import { saying, say } from './support/words.ts';
import { Wire } from './support/wire.ts';
import { manyNotices } from './support/worlds.ts';

const later = 61_000;

/** Bytes of a first sync before it is cut: all of it, without the maps, is some 76 kB. */
const FIRST = 30_000;

test('a first sync that is cut goes on where it was', async ({ page, mihon }) => {
  const server = await mihon.server();
  const wire = await Wire.to(server.url);
  const phone = await Phone.fresh();
  const app = new App(page, phone);
  await app.open('/welcome');
  wire.allow(FIRST);
  await page.getByLabel(say('welcome.address')).fill(wire.url);
  await page.getByRole('button', { name: say('welcome.join') }).click();
  await expect(page.getByText(say('welcome.progress.got'))).toBeVisible();
  await expect.poll(() => wire.bytes).toBeGreaterThanOrEqual(FIRST);
  wire.cut();
  // Joined all the same; what is missing comes later, and that is said.
  await expect(page.getByText(say('welcome.later'))).toBeVisible();
  await page.getByRole('link', { name: say('welcome.start') }).click();
  await expect(page.getByText(say('state.unreachable.title'))).toBeVisible();

  const before = wire.bytes;
  wire.mend();
  await page.getByRole('button', { name: say('refresh') }).or(page.getByRole('button', { name: say('state.retry') })).click();
  await expect(page.getByText(say('today.new'))).toBeVisible();
  expect(wire.bytes - before, 'what had come was not fetched again').toBeLessThan(65_000);
  await page.goto('about:blank');
  await phone.close();
  await wire.close();
});

test('what was read is there when the town is gone, with its age in words', async ({ page, mihon }) => {
  const wire = await Wire.to((await mihon.server()).url);
  const phone = await Phone.joined(mihon, wire.url);
  const app = new App(page, phone);
  await app.open('/notices/suido-1125');
  await expect(page.getByText(/透明になるまで/)).toBeVisible();
  await expect.poll(async () => (await phone.call('notice', { id: 'suido-1125' })).read).toBe(true);

  wire.cut();
  await app.again('/notices/suido-1125');
  await expect(page.getByText(/透明になるまで/)).toBeVisible();
  await app.go('/notices');
  await expect(page.getByText(new RegExp(say('age.unreachable', { when: say('when.morning', { time: '7時\\d+分' }) })))).toBeVisible();
  const row = page.getByRole('link', { name: /水道の水に色がつく/ });
  await expect(row).toBeVisible();
  await expect(row).not.toContainText(say('notices.row.unread'));
  for (const [path, words] of [['/places?kind=shelter', /小学校/], ['/events', /川原公園の朝市/]] as const) {
    await app.go(path);
    await expect(page.getByText(words).first()).toBeVisible();
    await expect(page.getByText(saying('age.unreachable'))).toBeVisible();
  }

  // The next day in flight mode: the same, a day older.
  await page.goto('about:blank');
  await phone.stop();
  phone.device.pass(26);
  phone.device.offline = true;
  await app.open('/notices/suido-1125');
  await expect(page.getByText(/透明になるまで/)).toBeVisible();
  await app.go('/');
  await expect(page.getByText(new RegExp(say('age.offline', { when: say('when.yesterday', { time: '7時\\d+分' }) })))).toBeVisible();
  await page.goto('about:blank');
  await phone.close();
  await wire.close();
});

test('no network, no answer and old content are three messages', async ({ page, mihon }) => {
  const wire = await Wire.to((await mihon.server()).url);
  const phone = await Phone.joined(mihon, wire.url);
  const app = new App(page, phone);
  const age = page.locator('.age').last();
  const said: string[] = [];
  const drawn: string[] = [];
  const take = async (words: RegExp, without: RegExp[]) => {
    await app.again('/notices');
    await expect(age).toContainText(words);
    for (const other of without) await expect(age).not.toContainText(other);
    said.push((await age.innerText()).trim());
    drawn.push((await age.locator('path').getAttribute('d')) ?? '');
  };
  const [offline, unreachable, stale] = [/この電話は圏外です/, /市の配信が止まっています/, /古い内容です/];
  phone.device.offline = true;
  await take(offline, [unreachable, stale]);
  phone.device.offline = false;
  wire.cut();
  await take(unreachable, [offline, stale]);
  wire.mend();
  phone.device.pass(50);
  await take(stale, [offline, unreachable]);
  phone.device.pass(-50);
  await take(/けさ7時\d+分の内容です/, [offline, unreachable, stale]);
  expect(new Set(said).size).toBe(4);
  expect(new Set(drawn).size).toBe(4);
  await page.goto('about:blank');
  await phone.close();
  await wire.close();
});

test('a screen that never had content says whose trouble it is', async ({ page, mihon }) => {
  const wire = await Wire.to((await mihon.server()).url);
  wire.cut();
  const phone = await Phone.joined(mihon, wire.url);
  const app = new App(page, phone);
  for (const path of ['/', '/notices']) {
    await app.open(path);
    await expect(page.getByText(say('state.unreachable.title'))).toBeVisible();
    await expect(page.getByText(say('state.empty.text'))).toHaveCount(0);
    await page.goto('about:blank');
  }
  phone.device.offline = true;
  await app.again('/');
  await expect(page.getByText(say('state.offline.title'))).toBeVisible();
  // The way on: once the network is back, asking again brings everything.
  phone.device.offline = false;
  wire.mend();
  await page.getByRole('button', { name: say('refresh') }).or(page.getByRole('button', { name: say('state.retry') })).click();
  await expect(page.getByText(say('today.new'))).toBeVisible();
  await page.goto('about:blank');
  await phone.close();
  await wire.close();
});

test('when the town is back the new notice comes quietly', async ({ page }) => {
  const town = await Town.make({ files: { 'notices.csv': manyNotices(60) } });
  const server = await town.server();
  const phone = await Phone.joined(town);
  const app = new App(page, phone);
  await page.clock.install();
  await app.open('/notices');
  const link = page.getByRole('link', { name: 'お知らせの 38 番' });
  await page.getByRole('link', { name: 'お知らせの 50 番' }).focus();
  await page.mouse.wheel(0, 1500);
  await link.focus();
  await link.scrollIntoViewIfNeeded();
  await expect(link).toBeFocused();

  await server.stop();
  await page.clock.fastForward(later);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(page.getByText(saying('age.unreachable'))).toHaveCount(1);
  await expect(link).toBeFocused();
  const before = await link.boundingBox();
  const scrolled = await page.evaluate(() => scrollY);
  expect(scrolled).toBeGreaterThan(500);

  await town.write('new.csv', 'id,title,body,segment,published_at,department\nnew,水道が復旧しました,本文です。,living.housing,2026-11-20 07:10,koho\n');
  await town.publish();
  await server.again();
  const unread = (await phone.call('today', {})).unread;
  await page.clock.fastForward(later);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect.poll(async () => (await phone.call('today', {})).unread).toBe(unread + 1);
  await expect(page.getByText(saying('age.unreachable'))).toHaveCount(0);
  await expect(link).toBeFocused();
  const after = await link.boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0)), 'the row that is read stays where it is').toBeLessThanOrEqual(3);
  await page.evaluate(() => scrollTo(0, 0));
  await expect(page.getByRole('link', { name: '水道が復旧しました' })).toBeVisible();
  await page.goto('about:blank');
  await phone.close();
  await town.close();
});

test('a notice that was due comes by itself', async ({ page }) => {
  const town = await Town.make({ files: { 'notices.csv': manyNotices(3), 'due.csv': 'id,title,body,segment,published_at,department\ndue,8時になったら出るお知らせ,本文です。,town,2026-11-20 08:00,koho\n' } });
  const phone = await Phone.joined(town);
  const app = new App(page, phone);
  await app.open('/notices');
  await expect(page.getByRole('link', { name: /お知らせの 3 番/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /8時になったら/ })).toHaveCount(0);
  town.device.pass(1);
  phone.device.pass(1);
  await town.refresh();
  await app.again('/notices');
  await expect(page.getByRole('link', { name: /8時になったら/ })).toBeVisible();
  await page.goto('about:blank');
  await phone.close();
  await town.close();
});
