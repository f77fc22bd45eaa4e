import type { Page } from '@playwright/test';
import { App, expect, test } from './support/fixtures.ts';
import { tabTo } from './support/keys.ts';
import { Phone } from './support/phone.ts';
import { saying, say } from './support/words.ts';
import { three } from './support/states.ts';
import { build, HERE, keep, MOTHER, overnight, SISTERS } from './support/worlds.ts';

const button = (page: Page, key: Parameters<typeof say>[0]) => page.getByRole('button', { name: say(key), exact: true });
const link = (page: Page, key: Parameters<typeof say>[0]) => page.getByRole('link', { name: say(key), exact: true });

/** Types a day into the fields of a date, by key. */
async function typeDay(page: Page, [year, month, day]: [string, string, string]): Promise<void> {
  for (const [field, text] of [['benefits.date.year', year], ['benefits.date.month', month], ['benefits.date.day', day]] as const) {
    await tabTo(page, page.getByLabel(say(field), { exact: true }));
    await page.keyboard.insertText(text);
  }
}

test('from nothing to the first answer, by key alone', async ({ page, mihon }) => {
  const phone = await Phone.joined(mihon);
  const app = new App(page, phone);
  await app.open('/counter');
  await tabTo(page, page.getByRole('link', { name: say('counter.benefits') }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await tabTo(page, link(page, 'benefits.start.begin'));
  await page.keyboard.press('Enter');

  // Oneself, the year by an era.
  await expect(page.getByRole('heading', { level: 1, name: say('benefits.people.first') })).toBeFocused();
  await tabTo(page, page.getByLabel(say('benefits.date.count')));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await typeDay(page, ['2', '4', '2']);
  await expect(page.getByText('1990年4月2日')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('benefits.people.added', { name: say('benefits.people.you') }))).toBeVisible();
  await expect(page.getByText(/1990年4月2日生まれ/)).toBeVisible();

  // A child.
  await tabTo(page, link(page, 'benefits.people.add'));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel(say('benefits.people.name')));
  await page.keyboard.insertText('はな');
  await typeDay(page, ['2019', '8', '10']);
  await tabTo(page, page.getByRole('checkbox', { name: say('benefits.people.you') }));
  await page.keyboard.press('Space');
  await tabTo(page, button(page, 'benefits.people.keep'));
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('benefits.people.child', { names: say('benefits.people.you') }))).toBeVisible();

  // Three questions: the answer, not knowing, not saying. Each time the focus goes on to the next.
  await tabTo(page, link(page, 'benefits.people.questions'));
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toBeFocused();
  for (const way of ['benefits.none', 'benefits.answer.unknown', 'benefits.answer.declined'] as const) {
    const before = `${await page.locator('header.stack').innerText()}`;
    await expect(page.getByText(say('benefits.why'))).toBeVisible();
    const wanted = page.getByRole('radio', { name: say(way) });
    const first = page.getByRole('group', { name: say('benefits.answer') }).getByRole('radio').first();
    const there = (await wanted.count()) > 0 ? wanted : first;
    // Tab reaches a group of radios once; arrows go within.
    await tabTo(page, first);
    for (let step = 0; step < 12 && !(await there.evaluate((element) => element === document.activeElement)); step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect(there).toBeChecked();
    await tabTo(page, button(page, 'benefits.answer.next'));
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('header.stack').innerText()).not.toBe(before);
    await expect(heading).toBeFocused();
  }
  const kept = await phone.call('household', {});
  expect(kept.declined).toHaveLength(1);
  expect(kept.household?.people.map(({ name, facts }) => [name, facts['誕生年月日']])).toEqual([['あなた', '1990-04-02'], ['はな', '2019-08-10']]);
  await page.keyboard.press('Shift+Tab');
  await tabTo(page, link(page, 'benefits.questions.results'), 80);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: say('benefits.total') })).toBeVisible();
  await page.goto('about:blank');
  await phone.close();
});

test('an income that is not known gives a range and asks for it; told, it gives the amount', async ({ app, page, phone }) => {
  await keep(phone);
  await app.open(`/benefits?q=${encodeURIComponent('児童扶養手当')}`);
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: '児童扶養手当', exact: true }) });
  await expect(row).toContainText(/月[\d,]+円まで/);
  await page.getByRole('link', { name: '児童扶養手当', exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: say('benefits.sentence.unknown') })).toBeVisible();
  const question = page.locator('.question').filter({ hasText: '去年の1月から12月の給与と賞与' });
  await expect(question).toHaveCount(1);
  await question.getByRole('link').click();
  await page.getByLabel('去年の給与（税などを引く前）').fill('1,810,000');
  await expect(page.getByText('年181万円')).toBeVisible();
  await button(page, 'benefits.answer.keep').click();
  // Back where the question was; it is asked no more.
  await expect(page.getByRole('heading', { level: 1, name: '児童扶養手当' })).toBeVisible();
  await expect(question).toHaveCount(0);
  expect((await phone.call('household', {})).household?.people[0]?.facts['給与収入']).toBe(1_810_000);
});

test('a baby in May: what changes is shown, and nothing of it is kept', async ({ app, page, phone }) => {
  await keep(phone);
  await app.open('/benefits/what-if');
  await page.getByLabel(say('benefits.date.year')).fill('2027');
  await page.getByLabel(say('benefits.date.month')).selectOption('5');
  await page.getByRole('group', { name: say('benefits.what-if.baby.by') }).getByLabel('あなた').check({ force: true });
  await button(page, 'benefits.what-if.show').click();
  await expect(page.getByRole('heading', { level: 2, name: saying('benefits.what-if.changes') })).toBeFocused();
  const change = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: '児童手当', exact: true }) });
  await expect(change).toContainText('月1万円');
  await expect(change).toContainText('月25,000円');
  const { household } = await phone.call('household', {});
  expect(household?.people.map(({ name }) => name)).toEqual(['あなた', 'はな']);
  expect(household?.people[0]?.facts).toEqual(MOTHER.people[0]?.facts);
});

test('another town, side by side', async ({ app, page, phone }) => {
  await keep(phone);
  await app.open('/benefits/what-if?kind=move');
  await page.getByLabel(say('benefits.what-if.move.prefecture')).selectOption('東京都');
  await page.getByLabel(say('benefits.text.type')).fill('千代田');
  await page.getByLabel('千代田区').check({ force: true });
  await button(page, 'benefits.what-if.move.show').click();
  await expect(page.getByRole('columnheader', { name: '焼津市' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: '千代田区' })).toBeVisible();
  const rows = page.locator('tbody');
  const differ = await rows.count();
  expect(differ).toBeGreaterThan(0);
  await page.getByLabel(say('benefits.towns.all')).check({ force: true });
  await expect.poll(() => rows.count()).toBeGreaterThan(differ);
});

test('neighbours side by side, each by its own rules', async ({ page, joined, mihon }) => {
  const world = await build('neighbours', { joined, mihon });
  try {
    await new App(page, world.phone).open('/benefits/what-if?kind=move');
    await three(page);
    const row = (title: string) => page.locator('tbody').filter({ has: page.getByRole('rowheader', { name: title }) });
    const cell = (title: string, n: number) => row(title).locator('tr').nth(1).getByRole('cell').nth(n);
    await expect(cell('子ども医療費助成', 0)).toContainText(say('benefits.verdict.eligible'));
    await expect(cell('子ども医療費助成', 0)).toContainText('18歳の年度末まで');
    await expect(cell('子ども医療費助成', 1)).toContainText(say('benefits.verdict.not-eligible'));
    await expect(cell('子ども医療費助成', 1)).toContainText('15歳の年度末まで');
    await expect(cell('子ども医療費助成', 2)).toHaveText(say('benefits.towns.ask'));
    await expect(row('子ども医療費助成').locator('.everywhere')).toContainText('家族といっしょに住んでいる');
    await expect(cell('通学バスの応援', 1)).toHaveText(say('benefits.towns.none'));
    await expect(cell('通学バスの応援', 2)).toHaveText(say('benefits.towns.ask'));
    await page.getByLabel(say('benefits.towns.all')).check({ force: true });
    await expect(row('児童手当').first()).toBeVisible();
  } finally {
    await world.close();
  }
});

test('a person is removed and comes back; so does the whole household', async ({ app, page, phone }) => {
  await keep(phone);
  const people = async () => (await phone.call('household', {})).household?.people.map(({ name }) => name) ?? [];
  await app.open('/benefits/household');
  await page.getByRole('button', { name: new RegExp(`^${say('benefits.people.remove')}.*はな`) }).click();
  await expect(page.getByText(say('benefits.people.removed', { name: 'はな' }))).toBeVisible();
  await expect.poll(people).toEqual(['あなた']);
  // Nobody names her any more.
  expect((await phone.call('household', {})).household?.people[0]?.facts['扶養親族']).toEqual([]);
  await button(page, 'undo').click();
  await expect.poll(people).toEqual(['あなた', 'はな']);

  await app.go('/benefits/kept');
  await button(page, 'benefits.kept.delete').click();
  await expect(page.getByText(say('benefits.kept.nothing'))).toBeVisible();
  await expect.poll(people).toEqual([]);
  await button(page, 'undo').click();
  await expect(page.getByText(say('benefits.kept.delete.title'))).toBeVisible();
  expect((await phone.call('household', {})).household).toEqual(MOTHER);
  await app.again('/benefits/household');
  await expect(page.getByRole('heading', { level: 3, name: 'はな' })).toBeVisible();
});

test('what is received already is marked, documents are ticked, and both stay', async ({ app, page, phone }) => {
  await keep(phone);
  await app.open(`/benefits/programs/${encodeURIComponent('児童手当')}`);
  await page.getByLabel(say('benefits.received')).check({ force: true });
  await expect.poll(async () => (await phone.call('household', {})).received).toEqual(['児童手当']);
  const document = page.getByRole('checkbox', { name: /認定請求書/ });
  await document.check({ force: true });
  const ticked = async () => (await phone.call('household', {})).documents;
  await expect.poll(ticked).toEqual({ 児童手当: [expect.stringContaining('認定請求書')] });
  // It lies with the household, and nowhere that a page could read.
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('児童手当');
  await app.again(`/benefits/programs/${encodeURIComponent('児童手当')}`);
  await expect(page.getByLabel(say('benefits.received'))).toBeChecked();
  await expect(document).toBeChecked();
  // It goes with the household, and comes back with it.
  await app.go('/benefits/kept');
  await button(page, 'benefits.kept.delete').click();
  await expect.poll(ticked).toEqual({});
  await button(page, 'undo').click();
  await expect.poll(ticked).toEqual({ 児童手当: [expect.stringContaining('認定請求書')] });
});

test('the town’s own programs are found without a household: by word, by event, and in full', async ({ app, page }) => {
  await app.open('/benefits');
  await page.getByRole('link', { name: say('benefits.town.start', { town: '見本市' }) }).click();
  const rows = page.getByRole('main').getByRole('listitem').getByRole('heading', { level: 2 });
  await expect(rows).toHaveText(['ひとり親の家庭の家事の手伝い', '小学校入学のお祝い', '紙おむつの宅配']);
  await page.getByLabel(say('benefits.search.label')).fill('おむつ');
  await expect(rows).toHaveText(['紙おむつの宅配']);
  await page.getByLabel(say('benefits.search.label')).fill('');
  await page.getByLabel(say('benefits.event.school')).check({ force: true });
  await expect(rows).toHaveText(['小学校入学のお祝い']);
  await page.getByRole('link', { name: '小学校入学のお祝い' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '小学校入学のお祝い' })).toBeFocused();
  await expect(page.getByText(say('benefits.town.ask', { who: '学校教育課' }))).toBeVisible();
  await expect(page.getByText('2027年1月29日まで').first()).toBeVisible();
  await expect(page.getByRole('link', { name: say('place.call') })).toHaveAttribute('href', 'tel:0999221150');
  // Back where the list was, with what it was narrowed to.
  await page.goBack();
  await expect(page.getByLabel(say('benefits.event.school'))).toBeChecked();
  await expect(rows).toHaveText(['小学校入学のお祝い']);
});

test('for a household the town’s programs are perhaps theirs: what a bound rules out is not offered, nothing is promised', async ({ app, page, phone }) => {
  await keep(phone, HERE);
  await app.open('/benefits');
  const group = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: say('benefits.town', { town: '見本市' }) }) });
  const names = group.getByRole('heading', { level: 3 });
  await expect(names).toHaveText(['ひとり親の家庭の家事の手伝い', '小学校入学のお祝い', '紙おむつの宅配']);
  await expect(group).toContainText(say('benefits.town.perhaps.text'));
  await expect(group.getByRole('listitem').filter({ hasText: '紙おむつの宅配' })).toContainText(say('benefits.for', { names: 'そら' }));
  await expect(group.getByRole('listitem').filter({ hasText: '小学校入学のお祝い' })).toContainText(say('benefits.for', { names: 'はな' }));
  await expect(group).not.toContainText(say('benefits.verdict.eligible'));
  await page.getByRole('link', { name: '紙おむつの宅配' }).click();
  await expect(page.getByRole('heading', { level: 2, name: say('benefits.town.perhaps') })).toBeVisible();
  await expect(page.getByText('あなた・はな：1歳になる前の人が対象です')).toBeVisible();
  // What to bring for it is ticked off as for any other.
  await page.getByRole('checkbox', { name: '母子健康手帳' }).check({ force: true });
  await expect.poll(async () => (await phone.call('household', {})).documents).toEqual({ '992011/program:omutsu': ['母子健康手帳'] });

  // Somewhere else it is not for them, and says for whom it is.
  await keep(phone);
  await app.again(`/benefits/town/${encodeURIComponent('program:omutsu')}`);
  await expect(page.getByRole('heading', { level: 2, name: say('benefits.town.out') })).toBeVisible();
  await expect(page.getByText(say('benefits.town.out.area', { areas: '見本市' }))).toBeVisible();
  await app.go('/benefits');
  await expect(group).toContainText(say('benefits.town.none'));
});

test('without a household the first screen says nothing of benefits; with one it asks what settles most', async ({ app, page, phone }) => {
  await app.open('/');
  await expect(page.getByRole('heading', { level: 2, name: say('today.new') })).toBeVisible();
  await expect(page.getByRole('heading', { name: say('benefits.title') })).toHaveCount(0);
  await keep(phone);
  await app.again('/');
  await expect(page.getByRole('heading', { name: say('benefits.title') })).toBeVisible();
  await page.getByRole('link', { name: /去年の1月から12月の給与と賞与/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /去年の1月から12月の給与と賞与/ })).toBeFocused();
});

test('the first screen tells what runs out, what opens and what has opened; what was looked at is told no more', async ({ app, page, phone }) => {
  await keep(phone, SISTERS);
  await app.open('/');
  const group = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: say('benefits.news') }) });
  const rows = group.getByRole('link');
  // Who has just entered it saw the answers: nothing of them has opened.
  await expect(group).toBeVisible();
  await expect(group).not.toContainText(say('benefits.news.opened'));

  overnight(phone);
  await app.again('/');
  const left = rows.filter({ hasText: '児童手当' });
  const opened = page.getByRole('link', { name: new RegExp(`幼児教育・保育の無償化.*${say('benefits.news.opened')}.*${say('benefits.for', { names: 'はな' })}`) });
  const opens = page.getByRole('link', { name: new RegExp(`幼児教育・保育の無償化.*${say('benefits.news.opens', { day: '12月9日\\(水\\)' })}.*${say('benefits.for', { names: 'ゆい' })}`) });
  await expect(left).toHaveAccessibleName(new RegExp(`${say('benefits.news.deadline', { day: '11月27日\\(金\\)' })}.*${say('benefits.news.left', { n: 6 })}`));
  await expect(opened).toBeVisible();
  await expect(opens).toBeVisible();
  // What is urgent stands first.
  await expect(rows.first()).toHaveText('児童手当');

  await opened.click();
  await expect(page.getByRole('heading', { level: 2, name: say('benefits.sentence.eligible') })).toBeVisible();
  await page.goBack();
  await expect(left).toBeVisible();
  await expect(opened).toHaveCount(0);
  await app.again('/');
  await expect(opens).toBeVisible();
  await expect(opened).toHaveCount(0);

  // What is received already has no last day.
  await left.click();
  await page.getByLabel(say('benefits.received')).check({ force: true });
  await expect.poll(async () => (await phone.call('household', {})).received).toEqual(['児童手当']);
  await page.goBack();
  await expect(opens).toBeVisible();
  await expect(left).toHaveCount(0);
});

test('the notices wait for the news of benefits: once they stand, nothing is put before them', async ({ app, page, phone }) => {
  await keep(phone, SISTERS);
  overnight(phone);
  await app.open('/settings');
  // What stands between the top and the notices is counted at each change of the page, from the moment that they are there.
  await page.evaluate((notices) => {
    const seen: string[] = ((window as { seen?: string[] }).seen = []);
    new MutationObserver(() => {
      const headings = [...document.querySelectorAll('main h2')].map((heading) => heading.textContent ?? '');
      const at = headings.indexOf(notices);
      const before = headings.slice(0, at).join('|');
      if (at >= 0 && seen.at(-1) !== before) seen.push(before);
    }).observe(document.body, { childList: true, subtree: true });
  }, say('today.new'));
  await app.go('/');
  await expect(page.getByRole('heading', { level: 2, name: say('benefits.news') })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: say('today.new') })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: say('benefits.title'), exact: true })).toBeVisible();
  expect(await page.evaluate(() => (window as { seen?: string[] }).seen)).toHaveLength(1);
});
