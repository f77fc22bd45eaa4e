import { expect, test } from './support/fixtures.ts';
import { say } from './support/words.ts';

test('a district is chosen in two presses, and today knows it', async ({ app, page, phone }) => {
  await app.open('/');
  await page.getByRole('link', { name: say('garbage.choose.action') }).click();
  await page.getByRole('radio', { name: /西部地区/ }).check();
  await expect(page.getByText(/西部地区.*にしました/)).toBeVisible();
  await app.go('/');
  // Friday: 燃やすごみ; the next ones with their days.
  await expect(page.getByText(say('garbage.today'))).toBeVisible();
  const card = page.getByRole('region', { name: /きょうのごみ|燃やすごみ/ }).first();
  await expect(card).toContainText('燃やすごみ');
  await expect(card).toContainText('プラスチック');
  await app.again('/garbage');
  await expect(page.getByText(/^西部地区/)).toBeVisible();
  expect((await phone.call('garbage', { days: 7 })).area?.name).toMatch(/^西部地区/);
  // Another one, and taken back.
  await page.getByRole('link', { name: say('garbage.area.change') }).click();
  await page.getByRole('radio', { name: say('garbage.area.none') }).check();
  await expect(page.getByText(say('garbage.area.cleared'))).toBeVisible();
  await expect.poll(async () => (await phone.call('garbage', { days: 7 })).area).toBe(null);
  await page.getByRole('button', { name: say('undo') }).click();
  await expect.poll(async () => (await phone.call('garbage', { days: 7 })).area?.name).toMatch(/^西部地区/);
});

test('the calendar: today first, three months when wanted, a year-end without collection', async ({ app, page, phone }) => {
  const areas = await phone.call('garbage_areas', {});
  await phone.call('choose_garbage_area', { id: areas[0]?.id ?? '' });
  await app.open('/garbage');
  const days = page.getByRole('list', { name: say('garbage.calendar') }).locator(':scope > li');
  await expect(days.first()).toContainText(say('date.today'));
  await expect(days.first()).toContainText('燃やすごみ');
  const few = await days.count();
  // In one step or two, and then there is no more.
  const more = page.getByRole('button', { name: /か月先まで見る/ });
  for (let step = 0; step < 2 && (await more.count()) > 0; step += 1) {
    const before = await days.count();
    await more.click();
    await expect.poll(() => days.count()).toBeGreaterThan(before);
  }
  await expect(more).toHaveCount(0);
  expect(await days.count()).toBeGreaterThan(few * 2);
  const text = await days.allInnerTexts();
  expect(text.some((day) => day.includes('12月29日(火)'))).toBe(true);
  expect(text.some((day) => day.includes('1月1日('))).toBe(false);
});

test('how to throw a thing away, while one types, in kana or kanji', async ({ app, page }) => {
  await app.open('/garbage');
  const field = page.getByLabel(say('garbage.item.label'));
  await expect(page.getByText(say('garbage.item.hint'))).toBeVisible();
  await field.pressSequentially('電池', { delay: 20 });
  const items = page.locator('ul.items li');
  await expect(items.filter({ hasText: '乾電池' }).first()).toBeVisible();
  await expect(items.first()).toContainText(/電池/);
  await field.fill('ﾌﾗｲﾊﾟﾝ');
  await expect(items.filter({ hasText: 'フライパン' }).first()).toBeVisible();
  await field.fill('ユニコーン');
  await expect(page.getByText(say('garbage.item.empty.title', { search: 'ユニコーン' }))).toBeVisible();
  await field.fill('');
  await expect(items).toHaveCount(0);
  await expect(page.getByText(say('garbage.item.hint'))).toBeVisible();
});
