import type { Page } from '@playwright/test';
import { App, expect, test } from './support/fixtures.ts';
import { Phone } from './support/phone.ts';
import { Town } from './support/town.ts';
import { saying, say } from './support/words.ts';
import { correct } from './support/worlds.ts';

test('opening a notice makes it read, and unread again', async ({ app, page, phone }) => {
  await app.open('/notices');
  const row = page.getByRole('link', { name: /25日の夜、水道の水に色がつく/ });
  const tab = page.getByRole('navigation', { name: say('tab.label') });
  const { unread } = await phone.call('today', {});
  await expect(row).toContainText(say('notices.row.unread'));
  await expect(tab).toContainText(say('tab.unread', { n: unread }));
  await row.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('25日の夜、水道の水に色がつくことがあります');
  await page.goBack();
  await expect(row).not.toContainText(say('notices.row.unread'));
  await expect(tab).toContainText(say('tab.unread', { n: unread - 1 }));
  // What is read is not among the unread.
  await page.getByRole('radio', { name: say('notices.unread.n', { n: unread - 1 }) }).check();
  await expect(page.getByRole('link', { name: /若葉台の坂道/ })).toBeVisible();
  await expect(row).toHaveCount(0);
  await page.getByRole('radio', { name: say('notices.all') }).check();
  await row.click();
  await page.getByRole('button', { name: say('notice.unread') }).click();
  await expect(row).toContainText(say('notices.row.unread'));
  await expect(page.getByText(say('notice.unread.done'))).toBeVisible();
  await page.getByRole('button', { name: say('undo') }).click();
  await expect.poll(async () => (await phone.call('notice', { id: 'suido-1125' })).read).toBe(true);
});

test('saving, undoing, and the saved ones by themselves', async ({ app, page, phone }) => {
  await app.open('/notices');
  const title = '25日の夜、水道の水に色がつくことがあります';
  const save = page.getByRole('button', { name: say('notices.save.of', { title }) });
  const unsave = page.getByRole('button', { name: say('notices.unsave.of', { title }) });
  await save.click();
  await expect(unsave).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: say('undo') }).click();
  await expect(save).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(async () => (await phone.call('today', {})).saved).toBe(0);
  await save.click();
  await expect(unsave).toBeVisible();
  await page.getByRole('radio', { name: saying('notices.saved') }).check();
  await expect(page.getByRole('listitem').filter({ hasText: title })).toHaveCount(1);
  await expect(page.getByRole('link', { name: /若葉台の坂道/ })).toHaveCount(0);
  await app.again('/notices?view=saved');
  await expect(page.getByRole('link', { name: new RegExp(title) })).toBeVisible();
});

test('search answers while one types, whatever the width of the letters', async ({ app, page }) => {
  await app.open('/notices');
  const field = page.getByRole('searchbox');
  await expect(page.getByRole('link', { name: /若葉台の坂道/ })).toBeVisible();
  await field.pressSequentially('断水', { delay: 30 });
  await expect(page.getByRole('link', { name: /水道の水に色がつく/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /若葉台の坂道/ })).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: /件あります/ })).toBeVisible();
  const ids = async () => (await page.locator('main [data-index] a').evaluateAll((links) => links.map((a) => a.getAttribute('href')))).join();
  const full: Record<string, string> = {};
  for (const words of ['インフルエンザ', 'ｲﾝﾌﾙｴﾝｻﾞ', 'PDF', 'ｐｄｆ']) {
    await field.fill(words);
    await expect(page).toHaveURL(new RegExp(`q=${encodeURIComponent(words)}`));
    await page.waitForTimeout(250);
    full[words] = await ids();
  }
  expect(full['インフルエンザ']).toContain('influenza');
  expect(full['ｲﾝﾌﾙｴﾝｻﾞ']).toBe(full['インフルエンザ']);
  expect(full['ｐｄｆ']).toBe(full.PDF);
  await field.fill('ユニコーン');
  await expect(page.getByText(say('notices.empty-search.title', { search: 'ユニコーン' }))).toBeVisible();
  await page.getByRole('button', { name: say('search.clear') }).click();
  await expect(page.getByRole('link', { name: /若葉台の坂道/ })).toBeVisible();
});

test('an unfinished word of an input method is not searched', async ({ app, page }) => {
  await app.open('/notices');
  await expect(page.getByRole('link', { name: /若葉台の坂道/ })).toBeVisible();
  const asked: string[] = [];
  page.on('request', (request) => {
    const body = request.url().endsWith('/ipc/notices') ? (request.postData() ?? '') : '';
    if (body.includes('"search"')) asked.push(body);
  });
  await page.getByRole('searchbox').focus();
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'だんす', selectionStart: 3, selectionEnd: 3 });
  await page.waitForTimeout(300);
  expect(asked).toEqual([]);
  await session.send('Input.insertText', { text: '断水' });
  await expect(page.getByRole('link', { name: /水道の水に色がつく/ })).toBeVisible();
  expect(asked.every((body) => !body.includes('だんす'))).toBe(true);
});

test('chosen segments hide the others, and tell how many', async ({ app, page, phone }) => {
  await app.open('/segments');
  await page.getByRole('checkbox', { name: say('segment.town') }).uncheck();
  await page.getByRole('checkbox', { name: say('segment.health') }).uncheck();
  await expect.poll(async () => (await phone.call('segments', {})).filter((one) => one.chosen).length).toBeGreaterThan(0);
  await app.go('/notices');
  await expect(page.getByRole('link', { name: /水道の水に色がつく/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /がん検診/ })).toHaveCount(0);
  const { left_out } = await phone.call('notices', { limit: 1000 });
  expect(left_out).toBeGreaterThan(0);
  await expect(page.getByText(say('notices.left-out', { n: left_out }))).toBeVisible();
  await page.getByRole('link', { name: say('notices.left-out.show') }).click();
  await expect(page.getByRole('link', { name: /がん検診/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /水道の水に色がつく/ })).toHaveCount(0);
  // Emergencies cannot be switched off.
  await app.go('/segments');
  await expect(page.getByText(say('segments.always'))).toBeVisible();
  await expect(page.getByRole('checkbox', { name: say('segment.safety'), exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: say('segments.all') }).click();
  await expect(page.getByText(say('segments.reset.done'))).toBeVisible();
  await page.getByRole('button', { name: say('undo') }).click();
  await expect.poll(async () => (await phone.call('notices', { limit: 1000 })).left_out).toBe(left_out);
});

test('a correction shows what is different, and what it said before', async ({ page }) => {
  const town = await Town.mihon();
  const phone = await Phone.joined(town);
  const app = new App(page, phone);
  await app.open('/notices/suido-1125');
  await expect(page.locator('dl')).toContainText('11月25日(水) 22時から');
  await expect(page.getByText(say('notice.corrected'))).toHaveCount(0);
  await expect.poll(async () => (await phone.call('notice', { id: 'suido-1125' })).read).toBe(true);
  await correct(town);
  await app.again('/notices/suido-1125');
  await expect(page.getByText(say('notice.corrected'))).toBeVisible();
  await expect(page.getByText(/日を、25日から26日に直しました/)).toBeVisible();
  await expect(page.locator('dl')).toContainText('11月26日(木) 22時から');
  await page.getByText(say('notice.earlier')).click();
  await expect(page.locator('details')).toContainText('11月25日(水) 22時から');
  await page.goto('about:blank');
  await phone.close();
  await town.close();
});

test('withdrawn: the reason stands, the text is gone', async ({ app, page }) => {
  await app.open('/notices?q=健康ウオーク');
  await expect(page.getByText(say('notices.row.withdrawn'))).toBeVisible();
  await page.getByRole('link', { name: /健康ウオーク/ }).click();
  await expect(page.getByText(say('notice.withdrawn'))).toBeVisible();
  await expect(page.getByText(/倒れそうな木が見つかり/)).toBeVisible();
  await expect(page.getByText(/松林と海を見ながら/)).toHaveCount(0);
});

test('a document is fetched when wanted, a picture is shown; nothing comes from elsewhere', async ({ app, page, phone }) => {
  // A window that only saves a file is gone before it can be looked at.
  await page.addInitScript(() => (window.open = (url) => (document.documentElement.setAttribute('opened', String(url)), null)));
  const opened = () => page.locator('html').getAttribute('opened');
  await app.open('/notices/sogo-kunren');
  const name = say('notice.attachment.open', { title: '訓練の流れと会場の図（英語のPDF）' });
  await page.getByRole('button', { name }).click();
  await expect.poll(opened).toMatch(/^\/file\/[0-9a-f]{64}$/);
  const file = await page.request.get(new URL((await opened()) ?? '', page.url()).href);
  expect(file.headers()['content-disposition'], 'what a town sends is saved, not shown').toBe('attachment');
  expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');

  await app.go('/notices/parking-12');
  const picture = page.getByRole('img', { name: /市役所と駐車場の図/ });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(100);
  // Once seen it is there without a network.
  phone.device.offline = true;
  await app.again('/notices/parking-12');
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(100);
});

test('a document that is not here yet is told, and the notice stays', async ({ app, page, phone, watch }) => {
  phone.device.offline = true;
  watch.expectStatus(503, 'attachment');
  await app.open('/notices/sogo-kunren');
  await page.getByRole('button', { name: saying('notice.attachment.open') }).click();
  await expect(page.getByText(say('notice.attachment.failed'))).toBeVisible();
  await expect(page.getByText(/若葉台小学校 校庭/)).toBeVisible();
  await app.go('/notices/parking-12');
  await expect(page.getByText(saying('notice.image.missing'))).toBeVisible();
});

/** The language in which the notice is marked, as a screen reader would speak it. */
const spoken = (page: Page) => page.getByRole('heading', { level: 1 }).evaluate((heading) => heading.closest('[lang]')?.getAttribute('lang'));

test('a notice in other languages', async ({ app, page }) => {
  await app.open('/notices/suido-1125');
  await expect.poll(() => spoken(page)).toBe('ja');
  await page.getByRole('radio', { name: 'English' }).check();
  await expect.poll(() => spoken(page)).toBe('en');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/water/i);
  await page.getByRole('radio', { name: /Việt/ }).check();
  await expect.poll(() => spoken(page)).toBe('vi');
  await page.getByRole('radio', { name: say('lang.ja-easy') }).check();
  await expect(page.locator('article ruby').first()).toBeVisible();
  await page.getByRole('radio', { name: say('lang.ja'), exact: true }).check();
  await expect(page.locator('article ruby')).toHaveCount(0);
  await expect(page.getByText(/透明になるまで/)).toBeVisible();
});

test('the language of the app is the first for notices too', async ({ app, page, phone }) => {
  await phone.call('set_settings', { language: 'en' });
  await app.open('/notices/suido-1125');
  await expect.poll(() => spoken(page)).toBe('en');
  // Where the town wrote no English, its own words stand, and are marked as Japanese.
  await app.go('/notices/gikai-12');
  await expect.poll(() => spoken(page)).toBe('ja');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('市議会12月定例会は、12月3日から18日までです');
});

test('a link to a notice opens it on a page of its own; back leads to the list', async ({ app, page, watch }) => {
  await app.open('/notices/gikai-12');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('市議会12月定例会は、12月3日から18日までです');
  await page.getByRole('link', { name: say('notice.back') }).click();
  await expect(page.getByRole('heading', { level: 1, name: say('notices.title') })).toBeVisible();
  watch.expectStatus(404, 'notice');
  await app.go('/notices/nothing');
  await expect(page.getByText(say('notice.missing.title'))).toBeVisible();
  await page.getByRole('link', { name: say('notice.missing.action') }).click();
  await expect(page.getByRole('link', { name: /水道の水/ })).toBeVisible();
});

test('back finds the list as it was left', async ({ app, page }) => {
  await app.open('/notices');
  await page.getByRole('checkbox', { name: say('segment.living') }).check();
  await expect(page.getByRole('link', { name: /がん検診/ })).toHaveCount(0);
  await page.evaluate(() => scrollTo(0, 1400));
  await page.waitForTimeout(200);
  const { index, top } = await page.evaluate(() => {
    const row = [...document.querySelectorAll<HTMLElement>('[data-index]')].find((one) => one.getBoundingClientRect().top > 200);
    return { index: row?.dataset.index, top: row?.getBoundingClientRect().top ?? 0 };
  });
  await page.locator(`[data-index="${index}"] a`).click();
  await expect(page.locator('article')).toBeVisible();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  const row = page.locator(`[data-index="${index}"]`);
  await expect(row).toBeVisible();
  await expect.poll(async () => Math.abs(((await row.boundingBox())?.y ?? 0) - top)).toBeLessThanOrEqual(3);
  await expect(page.getByRole('checkbox', { name: say('segment.living') })).toBeChecked();
  await expect(row.getByRole('link')).toBeFocused();
});

test('links of the town lead out, and only where they may', async ({ app, page }) => {
  await app.open('/notices/suido-1125');
  const call = page.getByRole('link', { name: /0999-22-1170/ });
  await expect(call).toHaveAttribute('href', 'tel:0999-22-1170');
  const out = page.getByRole('link', { name: new RegExp(say('notice.link')) });
  await expect(out).toHaveAttribute('href', 'https://www.city.mihon.example.jp/suido/1125/');
  await expect(out).toHaveAttribute('rel', /noreferrer/);
  const hrefs = await page.locator('a[href]').evaluateAll((links) => links.map((a) => a.getAttribute('href') ?? ''));
  expect(hrefs.filter((href) => !/^(#|https:|tel:|mailto:)/.test(href))).toEqual([]);
});
