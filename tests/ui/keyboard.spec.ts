import { App, expect, test } from './support/fixtures.ts';
import { tabTo, walk } from './support/keys.ts';
import { Phone } from './support/phone.ts';
import { saying, say } from './support/words.ts';

test('from nothing to a town, by key alone', async ({ page, mihon }) => {
  const phone = await Phone.fresh();
  const app = new App(page, phone);
  await app.open('/');
  await tabTo(page, page.getByRole('link', { name: say('state.no-town.action') }));
  await page.keyboard.press('Enter');
  const address = page.getByLabel(say('welcome.address'));
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await tabTo(page, address);
  await page.keyboard.insertText((await mihon.server()).url);
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('welcome.joined', { town: '見本市' }))).toBeVisible();
  await tabTo(page, page.getByRole('link', { name: say('welcome.start') }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '11月20日 金曜日' })).toBeFocused();
  await page.goto('about:blank');
  await phone.close();
});

test('a notice is opened and left; the focus is where it was', async ({ app, page }) => {
  await app.open('/notices');
  const link = page.getByRole('link', { name: /総合防災訓練に来てください/ });
  await tabTo(page, link, 80);
  const before = await link.boundingBox();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('12月6日、総合防災訓練に来てください');
  await page.keyboard.press('Shift+Tab');
  for (let i = 0; i < 5 && !(await page.getByRole('link', { name: say('notice.back') }).evaluate((e) => e === document.activeElement)); i += 1) await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('link', { name: say('notice.back') })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(link).toBeFocused();
  expect(Math.abs(((await link.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(2);
});

test('search, views and filters', async ({ app, page }) => {
  await app.open('/notices');
  const field = page.getByRole('searchbox');
  await tabTo(page, field);
  await page.keyboard.insertText('断水');
  await expect(page.getByRole('link', { name: /水道の水に色がつく/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /がん検診/ })).toHaveCount(0);
  await tabTo(page, page.getByRole('button', { name: say('search.clear') }));
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');

  const views = page.getByRole('group', { name: say('notices.view') });
  await tabTo(page, views.getByRole('radio', { name: say('notices.all') }));
  await page.keyboard.press('ArrowRight');
  await expect(views.getByRole('radio').nth(1)).toBeChecked();
  await page.keyboard.press('ArrowRight');
  await expect(views.getByRole('radio').nth(2)).toBeChecked();
  await expect(page.getByText(say('notices.empty-saved.title'))).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(views.getByRole('radio', { name: say('notices.all') })).toBeChecked();

  const chip = page.getByRole('checkbox', { name: say('segment.health') });
  await tabTo(page, chip);
  await page.keyboard.press('Space');
  await expect(chip).toBeChecked();
  await expect(page.getByRole('link', { name: /がん検診/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /がん検診、/ }).or(page.getByRole('link', { name: /小学校の入学説明会/ }))).toHaveCount(1);
  await page.keyboard.press('Space');
  await expect(chip).not.toBeChecked();
  await expect(page.getByRole('link', { name: /小学校の入学説明会/ })).toBeVisible();
});

test('saving and taking it back', async ({ app, page, phone }) => {
  const saved = async () => (await phone.call('notices', { saved: true })).rows.length;
  await app.open('/notices');
  const button = page.getByRole('button', { name: saying('notices.save.of') }).first();
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('notices.saved.done'))).toBeVisible();
  await expect.poll(saved).toBe(1);
  // The same button takes it back, and keeps the focus.
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('notices.unsaved.done'))).toBeVisible();
  await expect.poll(saved).toBe(0);

  await app.go('/notices/gikai-12');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  for (let i = 0; i < 4 && !(await page.evaluate(() => document.activeElement?.hasAttribute('aria-pressed'))); i += 1) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect.poll(saved).toBe(1);
  await tabTo(page, page.getByRole('button', { name: say('undo') }));
  await page.keyboard.press('Enter');
  await expect.poll(saved).toBe(0);
});

test('a sheet holds the focus and gives it back', async ({ app, page }) => {
  await app.open('/places?kind=aed');
  const opener = page.getByRole('button', { name: say('places.here') });
  await tabTo(page, opener);
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: say('places.here.title') });
  await expect(sheet).toBeVisible();
  const places = new Set<string>();
  for (let i = 0; i < 45; i += 1) {
    await page.keyboard.press('Tab');
    places.add(await page.evaluate(() => (document.activeElement === document.body ? 'body' : document.activeElement?.closest('dialog') ? 'sheet' : `outside: ${document.activeElement?.outerHTML}`)));
  }
  expect([...places].filter((place) => place.startsWith('outside'))).toEqual([]);
  expect(places).toContain('sheet');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(opener).toBeFocused();
  // Choosing closes it too, and the focus does not fall to the top of the page.
  await page.keyboard.press('Enter');
  await tabTo(page, sheet.getByRole('button', { name: /見本市役所/ }));
  await page.keyboard.press('Enter');
  await expect(sheet).toBeHidden();
  await expect(page.getByText(say('places.here.from', { place: '見本市役所' }))).toBeVisible();
  expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
});

for (const theme of ['light', 'dark'] as const) {
  test(`every stop of every screen is seen, ${theme}`, async ({ app, page, phone }) => {
    await phone.call('set_settings', { theme });
    const wrong: string[] = [];
    await app.open('/');
    for (const path of ['/', '/notices', '/notices/sogo-kunren', '/notices/ouen-kyufukin', '/segments', '/counter', '/benefits', '/benefits/people/new', '/benefits/household', '/events', '/garbage', '/garbage/area', '/map', '/map/list', '/map/answer?lat=34.6876&lon=138.6146', '/map/places', '/map/places/new', '/map/timeline', '/places', '/places?kind=emergency-site', '/places/public-facility%3A4', '/settings', '/settings/about', '/welcome']) {
      // The bar with the tabs outlasts a screen: the focus must not stay there.
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await app.go(path);
      // The screen before is gone.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('.loading')).toHaveCount(0);
      const { stops, wrong: here } = await walk(page, 25);
      expect(stops, path).toBeGreaterThan(0);
      wrong.push(...here.map((line) => `${path} ${line}`));
    }
    expect(wrong).toEqual([]);
  });
}
