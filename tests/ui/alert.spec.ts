import type { Page } from '@playwright/test';
import { App, expect, test as base } from './support/fixtures.ts';
import { outside } from './support/layout.ts';
import { say, saying } from './support/words.ts';
import { alertFile, alertTexts, build, type World, type WorldName } from './support/worlds.ts';

/** On a phone in a world with an alert. */
const test = base.extend<{ enter: (name: WorldName) => Promise<{ app: App; world: World }> }>({
  enter: async ({ mihon, joined, page }, use) => {
    const worlds: World[] = [];
    await use(async (name) => {
      const world = await build(name, { mihon, joined });
      worlds.push(world);
      return { app: new App(page, world.phone), world };
    });
    await page.goto('about:blank');
    for (const world of worlds) await world.close();
  },
});

/** The words that stand first on the screen, from top to bottom. */
const first = (page: Page) => page.evaluate(() => document.body.innerText.split('\n').map((line) => line.trim()).filter(Boolean).slice(0, 6).join('\n'));

const bar = (page: Page) => page.getByRole('link', { name: saying('alert.bar') });

for (const level of [3, 4, 5] as const) {
  test(`level ${level} comes first on today, and as a bar on every other screen`, async ({ enter, page }) => {
    const { app } = await enter(`alert-${level}`);
    await app.open('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say(`alert.act.${level}`));
    expect(await first(page)).toMatch(new RegExp(`^${say('alert.level', { level })}\\n?.*${say(`alert.name.${level}`)}`));
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.locator('body')).toContainText('川原町');
    await expect(page.getByText(say('alert.received.fresh', { when: say('when.morning', { time: '6時40分' }) })).first()).toBeVisible();
    // No greeting on such a day, and what to do stands in the upper half.
    await expect(page.locator('body')).not.toContainText(saying('greeting.morning'));
    expect((await page.getByRole('heading', { level: 1 }).boundingBox())?.y ?? 999).toBeLessThan(422);
    await expect(bar(page)).toHaveCount(0);
    for (const path of ['/notices', '/counter', '/places', '/notices/gikai-12', '/settings', '/segments']) {
      await app.go(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(bar(page), path).toBeVisible();
      await expect(bar(page)).toContainText(say('alert.level.short', { level }));
      expect((await bar(page).boundingBox())?.y, path).toBe(0);
    }
    await bar(page).click();
    await expect(page).toHaveURL(/#\/alerts$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say(`alert.act.${level}`));
    await expect(page.getByText(alertTexts[level].body.split('\n')[0] ?? '')).toBeVisible();
    await expect(bar(page)).toHaveCount(0);
  });
}

test('level 5 is one screen without scrolling, whatever the size of the letters', async ({ enter, page }) => {
  const { app, world } = await enter('alert-5');
  for (const language of ['ja', 'ja-easy', 'en'] as const) {
    for (const text_size of [100, 200] as const) {
      await world.phone.call('set_settings', { language, text_size });
      for (const [width, height] of [[390, 844], [320, 568]] as const) {
        await page.setViewportSize({ width, height });
        await app.open('/');
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        const how = `${language} ${text_size} % on ${width}×${height}`;
        await expect.poll(() => page.evaluate(() => document.documentElement.scrollHeight - innerHeight), how).toBeLessThanOrEqual(0);
        expect(await outside(page), how).toEqual([]);
        const seen = await page.getByRole('alert').evaluate((one) => one.getBoundingClientRect().bottom <= innerHeight);
        expect(seen, how).toBe(true);
        await page.goto('about:blank');
      }
    }
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await world.phone.call('set_settings', { language: 'ja', text_size: 100 });
  await app.open('/');
  await expect(page.getByRole('link', { name: say('alerts.call-119') })).toHaveAttribute('href', 'tel:119');
  // The way to a site may be the danger now.
  await expect(page.locator('body')).not.toContainText(say('place.directions'));
});

test('level 4 leads to a site that holds against this danger, the nearest first', async ({ enter, page }) => {
  const { app, world } = await enter('alert-4');
  await app.open('/alerts');
  const sites = (await world.phone.call('places', { kind: 'emergency-site', limit: 1000 })).rows;
  const safe = sites.filter((row) => row.valid_for?.includes('flood'));
  expect(safe.length).toBeLessThan(sites.length);
  await expect(page.getByText(say('place.valid', { hazard: say('hazard.flood') })).first()).toBeVisible();
  const listed = page.locator('main, .main').getByRole('list', { name: say('alerts.sites') }).getByRole('link');
  await expect(listed.first()).toBeVisible();
  expect((await listed.allTextContents()).filter((name) => !safe.some((row) => row.name === name))).toEqual([]);
  await page.getByRole('button', { name: say('places.here.nearest') }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('searchbox').fill('川原町公民館');
  await sheet.getByRole('button', { name: /川原町公民館/ }).first().click();
  const at = (await world.phone.call('places', { search: '川原町公民館', kind: 'public-facility', limit: 1 })).rows[0];
  const near = (await world.phone.call('places', { kind: 'emergency-site', near: { lat: at?.lat ?? 0, lon: at?.lon ?? 0 }, limit: 1000 })).rows;
  const nearest = near.find((row) => row.valid_for?.includes('flood'));
  expect(near[0]?.valid_for, 'the sample has a nearer one that does not hold').not.toContain('flood');
  await expect(page.getByText(say('alerts.sites.nearest'))).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: nearest?.name ?? '?' })).toBeVisible();
  await expect(page.getByRole('link', { name: new RegExp(say('place.directions')) })).toHaveAttribute('href', /^(https:|geo:)/);
  // The second alert of the same morning is there, below.
  await expect(page.getByRole('heading', { name: '緑ヶ丘に高齢者等避難' })).toBeVisible();
});

test('the whole of it without a network, its age told, in other words after an hour', async ({ enter, page }) => {
  const { app } = await enter('alert-offline');
  await app.open('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('alert.act.4'));
  await expect(page.getByText(say('alert.received.offline', { when: say('when.morning', { time: '6時40分' }) }))).toBeVisible();
  await app.go('/alerts');
  await expect(page.getByText(/緑ヶ丘小学校の校舎の2階より上へ/)).toBeVisible();
  await expect(page.getByRole('list', { name: say('alerts.sites') }).getByRole('link').first()).toBeVisible();
});

test('level 2 stands on today without taking it over', async ({ enter, page }) => {
  const { app } = await enter('alert-2');
  await app.open('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('11月21日 土曜日');
  await expect(page.getByText('見本川の堤防を直しています。雨が強いときは、早めに準備してください')).toBeVisible();
  await expect(page.getByText(say('alert.level', { level: 2 }))).toBeVisible();
  await app.go('/notices');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
});

test('a drill says so first, and looks like no alert', async ({ enter, page }) => {
  const { app } = await enter('alert-drill');
  await app.open('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('11月20日 金曜日');
  const drill = page.getByText(say('alert.drill'), { exact: true });
  await expect(drill).toBeVisible();
  await expect(page.locator('body')).not.toContainText(say('alert.act.4'));
  // Nothing of it is drawn in the colour of the level.
  const level = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--level-4').trim());
  expect(level).not.toBe('');
  const painted = await page.evaluate((colour) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.background = colour;
    const wanted = getComputedStyle(probe).backgroundColor;
    probe.remove();
    return [...document.querySelectorAll('*')].filter((element) => getComputedStyle(element).backgroundColor === wanted).length;
  }, level);
  expect(painted).toBe(0);
  await app.go('/notices');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
});

test('lifted: the order is gone, that it was lifted is told', async ({ enter, page }) => {
  const { app } = await enter('alert-lifted');
  await app.open('/');
  await expect(page.getByText('川原町と港町の避難指示を解除しました')).toBeVisible();
  await expect(page.locator('body')).not.toContainText(say('alert.act.4'));
  await app.go('/notices');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
});

test('an order that comes while one reads is there at the next look, and goes when it is lifted', async ({ enter, page }) => {
  const { app, world } = await enter('alert-drill');
  await page.clock.install();
  await app.open('/notices');
  await expect(bar(page)).toHaveCount(0);
  const look = async () => {
    await page.clock.fastForward(61_000);
    await page.evaluate(() => dispatchEvent(new Event('online')));
  };
  await world.town?.write('bosai/alerts/order.md', alertFile(alertTexts[4]));
  await world.town?.publish();
  await look();
  await expect(bar(page)).toBeVisible();
  await world.town?.write('bosai/alerts/lifted.md', alertFile({ ...alertTexts.lifted, head: 'cancels: order\n' }));
  await world.town?.publish();
  await look();
  await expect(bar(page)).toHaveCount(0);
});
