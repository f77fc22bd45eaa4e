import { App, expect, test } from './support/fixtures.ts';
import { Phone } from './support/phone.ts';
import { Town } from './support/town.ts';
import { say } from './support/words.ts';

test('by day, soonest first, nothing that is over', async ({ app, page }) => {
  await app.open('/events');
  const days = page.locator('main').getByRole('heading', { level: 2 });
  await expect(days.first()).toContainText(say('date.tomorrow'));
  await expect(page.getByRole('link', { name: '川原公園の朝市' }).first()).toBeVisible();
  for (const over of ['市民文化祭', '市民スポーツの日', '川原町・港町 避難訓練']) await expect(page.getByRole('link', { name: over })).toHaveCount(0);
  const rows = page.locator('main section').first().getByRole('listitem');
  await expect(rows.filter({ hasText: '川原公園の朝市' })).toContainText('9:30');
  await expect(page.getByText(say('events.end'))).toBeVisible();
});

test('the next day what was held is gone', async ({ app, page, phone }) => {
  phone.device.pass(24 + 17);
  await app.open('/events');
  await expect(page.getByRole('link', { name: '図書館の読み聞かせ' }).first()).toBeVisible();
  await expect(page.locator('main section').first().getByRole('link', { name: '川原公園の朝市' })).toHaveCount(0);
});

test('search, and nothing found', async ({ app, page }) => {
  await app.open('/events');
  await page.getByRole('searchbox').pressSequentially('健診', { delay: 20 });
  await expect(page.getByRole('link', { name: '4か月児健診' })).toBeVisible();
  await expect(page.getByRole('link', { name: '川原公園の朝市' })).toHaveCount(0);
  await page.getByRole('searchbox').fill('ユニコーン');
  await expect(page.getByText(say('places.empty-search.title', { search: 'ユニコーン' }))).toBeVisible();
});

test('an event says when, where, for whom, how much', async ({ app, page, watch }) => {
  await app.open('/events');
  await page.getByRole('link', { name: '乳幼児健康相談' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('乳幼児健康相談');
  const facts = page.locator('dl').first();
  for (const term of ['event.when', 'event.where', 'event.fee'] as const) await expect(facts).toContainText(say(term));
  await expect(facts).toContainText('11月21日(土)');
  await expect(facts).toContainText('保健センター');
  // The last day to apply is a day: 「0時まで」 would be the night before.
  await expect(facts).toContainText('11月20日(金)まで');
  await expect(facts).not.toContainText(/\b0時まで/);
  await expect(page.getByRole('link', { name: say('place.call') })).toHaveAttribute('href', /^tel:0999/);
  await page.goBack();
  await expect(page.getByRole('link', { name: '乳幼児健康相談' }).first()).toBeFocused();
  watch.expectStatus(404, 'event');
  await app.go('/events/nothing');
  await expect(page.getByText(say('event.missing.title'))).toBeVisible();
  await page.getByRole('link', { name: say('event.missing.action') }).click();
  await expect(page.getByRole('link', { name: '川原公園の朝市' }).first()).toBeVisible();
});

test('more than a screen of events comes in steps; one without a date has its words', async ({ page }) => {
  const head = 'ID,イベント名,開始日,終了日,開始時間,終了時間,開始日時特記事項,場所名称\n';
  const line = (i: number) => `${i},催しの ${i} 番,2026-12-${String((i % 28) + 1).padStart(2, '0')},,10:00,11:00,,公民館\n`;
  const town = await Town.make({ files: { 'event.csv': head + Array.from({ length: 100 }, (_, i) => line(i + 1)).join('') + '999,日の決まらない催し,,,,,桜が咲いたころ,川べり\n' } });
  const phone = await Phone.joined(town);
  const app = new App(page, phone);
  await app.open('/events');
  const rows = page.locator('main').getByRole('listitem');
  await expect(rows).toHaveCount(60);
  await page.getByRole('button', { name: say('events.more') }).click();
  await expect(rows).toHaveCount(101);
  await expect(page.getByText('桜が咲いたころ')).toBeVisible();
  await page.getByRole('link', { name: '日の決まらない催し' }).click();
  await expect(page.locator('dl')).toContainText('桜が咲いたころ');
  // Back: as far as one had gone.
  await page.goBack();
  await expect(rows).toHaveCount(101);
  await page.goto('about:blank');
  await phone.close();
  await town.close();
});
