import { App, expect, test } from './support/fixtures.ts';
import { tabTo } from './support/keys.ts';
import { colours } from './support/pixels.ts';
import { violations } from './support/axe.ts';
import { Country } from './support/country.ts';
import { at as pathOf, country, mapped, spots, type Spot } from './support/map.ts';
import { saying, say } from './support/words.ts';
import type { Page } from '@playwright/test';
import type { Phone } from './support/phone.ts';

test.describe.configure({ timeout: 120_000 });

const at = (spot: Spot) => pathOf('/map', spot);
const sheet = (page: Page) => page.getByRole('region', { name: say('map.sheet.label') });

/** Where on the screen the spot lies that the map begins with: the middle of what is seen of it. */
async function middle(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const [all, over] = ['main', 'main section'].map((name) => document.querySelector(name)?.getBoundingClientRect());
    if (!all || !over) throw new Error('no map');
    return { x: all.left + all.width / 2, y: all.top + 130 + (all.height - 130 - over.height) / 2 };
  });
}

/** The share of pixels of a colour just below a spot, beside its mark and its name, or in another part near it. */
async function share(page: Page, colour: string, part = { x: -60, y: -20, width: 40, height: 40 }): Promise<number> {
  const { x, y } = await middle(page);
  const wanted = await page.evaluate((role) => getComputedStyle(document.documentElement).getPropertyValue(role).trim(), colour);
  const found = colours(await page.screenshot({ clip: { ...part, x: x + part.x, y: y + part.y } }));
  const total = [...found.values()].reduce((a, b) => a + b, 0);
  return (found.get(wanted) ?? 0) / total;
}

/** The share of pixels near the spot that are of the green of the country's map. */
async function green(page: Page): Promise<number> {
  const { x, y } = await middle(page);
  let [of, all] = [0, 0];
  for (const [colour, times] of colours(await page.screenshot({ clip: { x: x - 60, y: y - 20, width: 40, height: 40 } }))) {
    const [red = 0, high = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    all += times;
    if (high - red > 60 && high - blue > 60) of += times;
  }
  return of / all;
}

test.describe('the map', () => {
  let phone: Phone;
  let app: App;
  test.beforeEach(async ({ joined, page }) => {
    phone = await mapped(joined);
    app = new App(page, phone);
  });
  test.afterEach(async ({ page }) => {
    await page.goto('about:blank');
    await phone.close();
  });

  test('shows the flood where it is, and nothing of it where it is not', async ({ page }) => {
    for (const theme of ['light', 'dark'] as const) {
      await phone.call('set_settings', { theme });
      await app.again(at(spots.deep));
      await expect(sheet(page)).toContainText(/3〜5メートル/);
      // Drawn when it is drawn: nothing tells, so the pixels are asked until they are there.
      await expect.poll(() => share(page, '--depth-3'), { timeout: 40_000 }).toBeGreaterThan(0.3);
      expect(await share(page, '--depth-1')).toBe(0);
      await app.again(at(spots.dry));
      await expect(sheet(page)).toContainText(say('map.outside.flood'));
      await expect.poll(() => share(page, '--map-block'), { timeout: 40_000 }).toBeGreaterThan(0.05);
      for (const depth of ['--depth-1', '--depth-2', '--depth-3', '--depth-4']) expect(await share(page, depth), depth).toBe(0);
    }
  });

  test('answers what is pressed, as the core does', async ({ page }) => {
    await app.open(at(spots.dry));
    await expect(sheet(page)).toContainText(say('map.outside.flood'));
    const { x, y } = await middle(page);
    await page.locator('canvas').click({ position: { x: x - 90, y: y - (await page.locator('main').boundingBox())!.y } });
    await expect.poll(() => new URL(page.url()).hash).not.toContain(`lat=${spots.dry.lat}&`);
    const query = new URLSearchParams(new URL(page.url()).hash.split('?')[1]);
    const answer = await phone.call('hazard_at', { lat: Number(query.get('lat')), lon: Number(query.get('lon')) });
    expect(answer.spot.in_town).toBe(true);
    const flood = answer.layers.find((layer) => layer.layer === 'river-flood');
    const words = flood?.state === 'inside' ? say('map.depth.between', { min: flood.min_m ?? 0, max: flood.max_m ?? 0 }) : say('map.outside.flood');
    await expect(sheet(page).getByRole('heading', { level: 2 }).first()).toHaveText(flood?.min_m === 0 ? say('map.depth.below', { max: flood.max_m ?? 0 }) : words);
  });

  test('by key alone the same answer is read', async ({ page }) => {
    await app.open('/map');
    await expect(sheet(page)).toBeVisible();
    await tabTo(page, page.getByRole('link', { name: say('map.canvas.skip') }), 3);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: say('map.list.title') })).toBeFocused();
    await tabTo(page, page.getByRole('searchbox'));
    await page.keyboard.insertText(spots.deep.block);
    await tabTo(page, page.getByRole('button', { name: new RegExp(spots.deep.block) }).first());
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(spots.deep.block);
    await expect(page.getByText(saying('map.answer.if')).first()).toBeVisible();
    await expect(page.getByText(saying('map.site.nearest'))).toBeVisible();
    expect(await page.locator('canvas').count()).toBe(0);
  });

  test('the canvas is no stop of Tab, and the sheet grows by key', async ({ page }) => {
    await app.open(at(spots.deep));
    await expect(page.locator('canvas')).toHaveAttribute('aria-label', say('map.canvas', { town: '見本市' }));
    const grip = page.getByRole('button', { name: say('map.sheet.larger') });
    await tabTo(page, grip);
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('button', { name: say('map.sheet.smaller') })).toBeFocused();
    expect(await page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.tabIndex)).toBe(-1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(grip).toHaveAttribute('aria-expanded', 'false');
  });

  test('in flight mode from cold: map, answer, site and way', async ({ page }) => {
    phone.device.offline = true;
    await app.again(at(spots.deep));
    await expect(sheet(page)).toContainText(/3〜5メートル/);
    await expect(sheet(page).getByText(saying('map.site.nearest'))).toBeVisible();
    await expect(sheet(page).getByText(saying('map.site.walk')).first()).toBeVisible();
    await expect.poll(() => share(page, '--depth-3'), { timeout: 40_000 }).toBeGreaterThan(0.3);
  });

  test.describe('the country’s map', () => {
    let survey: Country;
    test.beforeEach(async ({ joined, page }) => {
      survey = await Country.open();
      await phone.close();
      phone = await country(joined, survey);
      app = new App(page, phone);
    });
    test.afterEach(async () => survey.stop());
    const credit = (page: Page) => page.locator('.foot').getByRole('link', { name: say('map.online.credit') });
    const choice = (page: Page) => page.getByRole('checkbox', { name: say('map.online.switch') });

    test('is not asked for unless it is wished, and then lies under the zones with its name on it', async ({ page }) => {
      await app.open(at(spots.dry));
      await expect(sheet(page)).toContainText(say('map.outside.flood'));
      await expect.poll(() => share(page, '--map-block'), { timeout: 40_000 }).toBeGreaterThan(0.05);
      await app.go(at(spots.deep));
      await expect(sheet(page)).toContainText(/3〜5メートル/);
      await expect.poll(() => share(page, '--depth-3'), { timeout: 40_000 }).toBeGreaterThan(0.3);
      expect([survey.requests, await green(page), await credit(page).count()]).toEqual([[], 0, 0]);

      await page.getByRole('button', { name: say('map.sheet.larger') }).press('ArrowUp');
      await expect(page.getByText(say('map.online.tells'))).toBeVisible();
      await choice(page).check();
      await expect.poll(() => survey.requests.length).toBeGreaterThan(3);
      expect(survey.requests.every((path) => /^\/xyz\/pale\/1\d\/\d+\/\d+\.png$/.test(path)), survey.requests.join()).toBe(true);
      expect(new Set(survey.requests).size, 'ground and lines of a tile are one request').toBe(survey.requests.length);
      await page.getByRole('button', { name: say('map.sheet.smaller') }).press('ArrowDown');
      await expect(credit(page)).toHaveAttribute('href', 'https://maps.gsi.go.jp/development/ichiran.html');
      // The zone lies on it in the colour of the legend; of the stripes only the ink stands on that.
      await expect.poll(() => share(page, '--depth-3'), { timeout: 40_000 }).toBeGreaterThan(0.08);
      expect(await share(page, '--depth-3')).toBeLessThan(0.3);
      await app.go(at(spots.dry));
      await expect(sheet(page)).toContainText(say('map.outside.flood'));
      await expect.poll(() => green(page), { timeout: 40_000 }).toBeGreaterThan(0.2);
      expect(await share(page, '--map-block')).toBe(0);
      expect(await violations(page)).toEqual([]);

      // The whole screen anew, in the dark, from what the phone keeps.
      const asked = survey.requests.length;
      await phone.call('set_settings', { theme: 'dark' });
      await app.again(at(spots.dry));
      await expect(sheet(page)).toContainText(say('map.outside.flood'));
      await expect(credit(page)).toBeVisible();
      await expect.poll(() => share(page, '--map-block'), { timeout: 40_000 }).toBe(0);
      expect(await violations(page)).toEqual([]);
      expect(survey.requests.slice(asked).filter((path) => survey.requests.indexOf(path) < asked)).toEqual([]);

      await choice(page).uncheck();
      await expect.poll(() => share(page, '--map-block'), { timeout: 40_000 }).toBeGreaterThan(0.05);
      await expect(credit(page)).toHaveCount(0);
    });

    test('keeps nothing of the town’s waiting where it is slow', async ({ page, watch }) => {
      watch.expectNoCountry();
      await phone.call('set_settings', { online_map: true });
      survey.silent = true;
      await app.open(at(spots.deep));
      await expect(sheet(page)).toContainText(/3〜5メートル/);
      await expect.poll(() => survey.requests.length).toBeGreaterThan(0);
      expect(survey.requests.length).toBeLessThanOrEqual(4);
      // Long before the last of the tiles was given up.
      await expect.poll(() => share(page, '--key', { x: -12, y: -40, width: 24, height: 32 }), { timeout: 15_000 }).toBeGreaterThan(0.2);
      await expect.poll(() => share(page, '--depth-3'), { timeout: 40_000 }).toBeGreaterThan(0.3);
    });

    test('leaves the town’s own where nobody answers, says nothing, and comes when it is back', async ({ page, watch }) => {
      watch.expectNoCountry();
      await phone.call('set_settings', { online_map: true });
      await survey.stop();
      await app.open(at(spots.deep));
      await expect(sheet(page)).toContainText(/3〜5メートル/);
      await expect.poll(() => share(page, '--depth-3'), { timeout: 40_000 }).toBeGreaterThan(0.3);
      await app.go(at(spots.dry));
      await expect(sheet(page)).toContainText(say('map.outside.flood'));
      await expect.poll(() => share(page, '--map-block'), { timeout: 40_000 }).toBeGreaterThan(0.05);
      await expect(page.getByText(say('map.trouble'))).toHaveCount(0);
      await expect(credit(page)).toBeVisible();
      await survey.again();
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await expect.poll(() => green(page), { timeout: 40_000 }).toBeGreaterThan(0.2);
      // In flight mode what was looked at is still there.
      phone.device.offline = true;
      await app.again(at(spots.dry));
      await expect(sheet(page)).toContainText(say('map.outside.flood'));
      await expect.poll(() => green(page), { timeout: 40_000 }).toBeGreaterThan(0.2);
    });
  });

  test('home is added, its card is read, printed and sent as a picture, and stays', async ({ page }) => {
    await app.open(at(spots.deep));
    await sheet(page).getByRole('link', { name: say('map.mine.add') }).click();
    await page.getByRole('button', { name: say('map.mine.save', { name: say('map.role.home') }) }).click();
    await expect(page.getByRole('heading', { level: 1, name: say('map.card.title', { name: say('map.role.home') }) })).toBeVisible();
    await expect(page.getByText(/3〜5メートル/)).toBeVisible();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: say('map.card.share') }).click()]);
    expect(download.suggestedFilename()).toMatch(/\.png$/);
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('button', { name: say('map.card.print') })).toBeHidden();
    await expect(page.getByText(/3〜5メートル/)).toBeVisible();
    await page.emulateMedia({ media: 'screen' });
    await app.again('/map/places');
    await expect(page.getByRole('link', { name: say('map.role.home') })).toBeVisible();
  });

  test('my places stand in the order that I give them, by keyboard too', async ({ page }) => {
    const names = [say('map.role.home'), say('map.role.work'), say('map.role.school')] as const;
    const order = async () => (await page.getByRole('heading', { level: 2 }).getByRole('link').allTextContents()).map((name) => name.trim());
    for (const [index, role] of (['home', 'work', 'school'] as const).entries()) {
      const { lat, lon } = [spots.deep, spots.dry, spots.slope][index] ?? spots.deep;
      await phone.call('save_my_place', { role, name: names[index] ?? '', lat, lon });
    }
    await app.open('/map/places');
    await expect.poll(order).toEqual([...names]);
    await page.getByRole('button', { name: say('map.mine.order') }).click();
    const up = page.getByRole('button', { name: say('map.mine.up', { name: names[2] }) });
    await up.focus();
    await page.keyboard.press('Enter');
    await expect.poll(order).toEqual([names[0], names[2], names[1]]);
    await expect(up).toBeFocused();
    await page.keyboard.press('Enter');
    await expect.poll(order).toEqual([names[2], names[0], names[1]]);
    await expect(page.getByRole('link', { name: names[2] })).toBeFocused();
    await app.again('/map/places');
    await expect.poll(order).toEqual([names[2], names[0], names[1]]);
  });

  test('a timeline is drafted, changed and kept', async ({ page }) => {
    await app.open('/map/timeline');
    await page.getByRole('button', { name: say('map.timeline.edit') }).click();
    await page.getByLabel(say('map.timeline.what')).first().fill('雨戸を閉める');
    await page.getByRole('button', { name: say('map.timeline.done') }).click();
    await expect(page.getByText(say('map.timeline.saved'))).toBeVisible();
    await app.again('/map/timeline');
    await expect(page.getByText('雨戸を閉める')).toBeVisible();
    await expect(page.getByText(say('map.timeline.draft'))).toBeHidden();
  });
});
