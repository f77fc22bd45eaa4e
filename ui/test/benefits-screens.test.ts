import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/app/App.svelte';
import { app } from '../src/app/store.svelte';
import { held } from '../src/features/benefits/held.svelte';
import { news } from '../src/features/benefits/news.svelte';
import { useCarrier } from '../src/ipc/client';
import { fakeCarrier, type Case } from './fake';

let shown: Record<string, unknown> | undefined;
const soon = { timeout: 25_000 };
const words = () => document.body.textContent ?? '';
const eventually = (text: string) => vi.waitFor(() => expect(words()).toContain(text), soon);
const button = (text: string) => vi.waitFor(() => [...document.querySelectorAll<HTMLElement>('button, a')].find((one) => one.textContent?.trim().startsWith(text)) ?? Promise.reject(new Error(`no ${text}`)), soon);

async function open(hash: string, fake: Case = {}, carrier = fakeCarrier(fake)): Promise<void> {
  app.ready = false;
  held.state = undefined;
  held.error = undefined;
  held.later = [];
  news.rows = [];
  history.replaceState(null, '', hash);
  useCarrier(carrier);
  shown = mount(App, { target: document.body });
  await vi.waitFor(() => expect(document.querySelector('main')).not.toBeNull());
}

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => undefined);
});
afterEach(async () => {
  if (shown) await unmount(shown);
  document.body.innerHTML = '';
  localStorage.clear();
});

describe('benefits', () => {
  it('begin with what they are, and that nothing leaves the phone', async () => {
    await open('#/benefits');
    await eventually('入れたことは、この電話の外に出ません。');
    expect(document.querySelector('a[href="#/benefits/people/new"]')).not.toBeNull();
  });
  it('need no town', async () => {
    await open('#/benefits', { town: false });
    await eventually('はじめる');
  });
  it('stand in three groups with a total', async () => {
    await open('#/benefits', { household: 'open' });
    await eventually('1年に受け取れる見こみ');
    for (const text of ['対象です　1', '対象かもしれません　1', '12万円〜696,600円', '返すお金です', '月1万円']) expect(words()).toContain(text);
    expect(words()).toContain('この答えで「児童扶養手当」がわかります。年576,600円まで変わります。');
  });
  it('work without a key, and say that nothing is kept', async () => {
    await open('#/benefits', { household: 'open', locked: 'no-key' });
    await eventually('この電話には、しまっておけません');
    await eventually('児童扶養手当');
  });
  it.each(['key-lost', 'damaged'] as const)('offer to begin anew when what was kept is %s', async (locked) => {
    await open('#/benefits', { locked });
    (await button('消して、はじめから入れる')).click();
    await eventually('受け取れるお金や支援が、わかります');
  });
  it('say when they cannot be read', async () => {
    await open('#/benefits', { broken: true });
    await eventually('この画面を出せませんでした');
  });
});

describe('a question', () => {
  const choose = async (label: string) => {
    const input = await vi.waitFor(() => [...document.querySelectorAll('label')].find((one) => one.textContent?.trim().startsWith(label))?.querySelector('input') ?? Promise.reject(new Error(`no ${label}`)), soon);
    input.click();
    flushSync();
  };
  it('is answered only with an answer', async () => {
    await open('#/benefits/questions', { household: 'open' });
    (await button('この答えで次へ')).click();
    await eventually('答えをひとつ選ぶか、入れてください。');
    expect(held.kept.declined).toEqual([]);
  });
  it('that one cannot answer is put off, and the next one comes', async () => {
    await open('#/benefits/questions', { household: 'open' });
    await eventually('去年の給与と賞与は');
    await choose('わからない');
    (await button('この答えで次へ')).click();
    await eventually('いま生活保護を受けていますか');
    expect([held.later, held.kept.declined]).toEqual([[{ fact: '給与収入', person: 0 }], []]);
    (await button('ひとつ前の問いにもどる')).click();
    await eventually('去年の給与と賞与は');
  });
  it('that one would rather not answer is not asked again', async () => {
    await open('#/benefits/questions', { household: 'open' });
    await eventually('去年の給与と賞与は');
    await choose('答えたくない');
    (await button('この答えで次へ')).click();
    await eventually('いま生活保護を受けていますか');
    expect(held.kept.declined).toEqual([{ fact: '給与収入', person: 0 }]);
    await choose('いいえ');
    (await button('この答えで次へ')).click();
    await eventually('いま聞くことは、もうありません');
  });
});

describe('a program', () => {
  it('gives its reasons when asked', async () => {
    await open(`#/benefits/programs/${encodeURIComponent('児童扶養手当')}`, { household: 'income' });
    await eventually('月44,080円');
    expect(words()).not.toContain('より少ないこと');
    const reasons = await vi.waitFor(() => [...document.querySelectorAll('details')].find((one) => one.textContent?.includes('くわしい計算を見る')) ?? Promise.reject(new Error('none')), soon);
    reasons.open = true;
    reasons.dispatchEvent(new Event('toggle'));
    await eventually('より少ないこと');
  });
  it('that is gone says so', async () => {
    await open('#/benefits/programs/none', { household: 'open' });
    await eventually('この制度は、もう載っていません');
  });
});

describe('a town’s programs in words', () => {
  it('are found without a household', async () => {
    await open('#/benefits');
    (await button('見本市の制度をさがす')).click();
    await eventually('家賃の補助');
    expect(words()).toContain('紙おむつの宅配');
    expect(words()).not.toContain('使えるかもしれません');
  });
  it('are only perhaps the household’s, with whom to ask', async () => {
    await open('#/benefits', { household: 'open' });
    await eventually('あなたも使えるかもしれません。窓口に聞いてください。');
    for (const text of ['こども課に聞いてください', '無料', 'はなの分', '見本市の制度をすべて見る']) expect(words()).toContain(text);
    // They are no part of what is answered.
    for (const text of ['対象です　1', '対象かもしれません　1']) expect(words()).toContain(text);
  });
  it('say in full whom to ask', async () => {
    await open('#/benefits/town/omutsu');
    await eventually('あなたも使えるかもしれません');
    for (const text of ['「おむつ便」ともいいます', 'こども課に聞いてください', '窓口か、電子申請で申しこみます。', '母子健康手帳', '2026年10月1日に直した内容です', '見本市紙おむつ宅配事業要綱', '備考']) await eventually(text);
    expect(document.querySelector('a[href="tel:0999221130"]')).not.toBeNull();
    expect(document.querySelector('a[href="https://www.city.mihon.example.jp/form/"]')).not.toBeNull();
  });
  it('say what rules them out', async () => {
    await open('#/benefits/town/yachin', { household: 'open' });
    await eventually('いまは対象ではないようです');
    for (const text of ['はな：18歳6か月以上の人が対象です', '申しこみは、2026年10月31日に終わりました']) expect(words()).toContain(text);
    expect(words()).not.toContain('使えるかもしれません');
  });
  it.each([
    ['#/benefits/town', { empty: true }, '町の制度は、まだありません'],
    ['#/benefits/town', { age: 'never', empty: true }, 'まだ'],
    ['#/benefits/town', { town: false }, 'まちがまだ選ばれていません'],
    ['#/benefits/town/gone', {}, 'この制度は、もう載っていません'],
    ['#/benefits/town?q=ユニコーン', {}, '見つかりませんでした'],
  ] satisfies [string, Case, string][])('tell why %s of %o shows none', async (hash, fake, text) => {
    await open(hash, fake);
    await eventually(text);
  });
  it('are not offered where no town is joined', async () => {
    await open('#/benefits', { town: false });
    await eventually('はじめる');
    expect(document.querySelector('a[href^="#/benefits/town"]')).toBeNull();
  });
});

describe('what to bring', () => {
  const box = (label: string) => vi.waitFor(() => [...document.querySelectorAll('label')].find((one) => one.textContent?.includes(label))?.querySelector('input') ?? Promise.reject(new Error(`no ${label}`)), soon);
  it('is ticked off, and the core keeps it', async () => {
    await open('#/benefits/town/omutsu');
    await eventually('1つのうち0つ');
    (await box('母子健康手帳')).click();
    await eventually('1つのうち1つ');
    await vi.waitFor(() => expect(held.state?.documents).toEqual({ '999997/omutsu': ['母子健康手帳'] }));
    expect(localStorage.length).toBe(0);
  });
  it('is only read where what is kept cannot be opened', async () => {
    await open('#/benefits/town/omutsu', { locked: 'key-lost' });
    await eventually('母子健康手帳');
    await vi.waitFor(() => expect(document.querySelector('input[type="checkbox"]')).toBeNull());
  });
});

describe('towns side by side', () => {
  const shows = async (towns: number, picked: string[]) => {
    await open('#/benefits/what-if?kind=move', { household: 'open', towns });
    for (const name of picked) {
      const choice = await vi.waitFor(() => [...document.querySelectorAll('label')].find((one) => one.textContent?.trim() === name)?.querySelector('input') ?? Promise.reject(new Error(`no ${name}`)), soon);
      choice.click();
      flushSync();
    }
    (await button('町をくらべる')).click();
    flushSync();
  };
  const row = (title: string) => [...document.querySelectorAll('tbody')].find((one) => one.querySelector('th')?.textContent === title);
  const cells = (title: string) => [...(row(title)?.querySelectorAll('tr:nth-child(2) td') ?? [])].map((one) => one.textContent?.replaceAll(/\s+/g, ' ').trim());

  it('says of each its answer with the age, that there is none, or that nobody here knows', async () => {
    await shows(3, ['隣町', '向こう村']);
    await eventually('子ども医療費助成');
    const [here, there, unknown] = cells('子ども医療費助成');
    expect(here).toContain('18歳の年度末まで');
    expect(there).toContain('15歳の年度末まで');
    expect(unknown).toBe('この町のきまりは手元にありません（町に聞いてください）');
    expect(row('子ども医療費助成')?.textContent).toContain('健康保険に入っている');
    expect(cells('紙おむつの支給').slice(1)).toEqual(['この町のきまりには ありません', 'この町のきまりは手元にありません（町に聞いてください）']);
    expect(row('児童手当')).toBeUndefined();
  });
  it('wants a town', async () => {
    await shows(2, []);
    await eventually('くらべる町を選んでください。');
  });
});

describe('the first screen', () => {
  it('says nothing of benefits without a household', async () => {
    await open('#/');
    await eventually('燃やすごみ');
    await new Promise((done) => setTimeout(done, 300));
    expect(words()).not.toContain('使える支援');
  });
  it('carries the question that settles most', async () => {
    await open('#/', { household: 'open' });
    await eventually('去年の給与と賞与は');
    expect(words()).not.toContain('使える支援のお知らせ');
  });
  it('tells what is new before the notices, each row called by all that it says', async () => {
    await open('#/', { household: 'open', news: true });
    await eventually('使える支援のお知らせ');
    await eventually('新しいお知らせ');
    expect(words().indexOf('使える支援のお知らせ')).toBeLessThan(words().indexOf('新しいお知らせ'));
    const named = [...document.querySelectorAll<HTMLElement>('a[href^="#/benefits/programs/"]')].map((link) => (link.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' '));
    expect(named).toEqual(['児童手当 申し込みは11月26日(木)まであと5日', '児童扶養手当 受け取れる見こみになりましたあなたの分', '生活福祉資金の貸付 12月4日(金)から、受け取れる見こみですあなた・はなの分']);
  });
  it('says no more that it has opened once its answer was looked at, and goes on with the rest', async () => {
    await open('#/', { household: 'open', news: true });
    await eventually('受け取れる見こみになりました');
    location.hash = `#/benefits/programs/${encodeURIComponent('児童手当')}`;
    await eventually('用意するもの');
    location.hash = '#/';
    await eventually('受け取れる見こみになりました');
    location.hash = `#/benefits/programs/${encodeURIComponent('児童扶養手当')}`;
    await eventually('あなたの家族は、受け取れる見こみです');
    location.hash = '#/';
    await eventually('12月4日(金)から');
    expect(words()).not.toContain('受け取れる見こみになりました');
  });
  it('waits for the answer that holds when content came while it was asked', async () => {
    const fake: Case = { household: 'open', news: true };
    const carrier = fakeCarrier(fake);
    let asked = 0;
    const slowly = async (name: string, args: unknown) => {
      if (name !== 'benefit_news') return carrier.call(name, args);
      asked += 1;
      await new Promise((done) => setTimeout(done, asked === 1 ? 100 : 300));
      return carrier.call(name, args);
    };
    await open('#/', fake, { ...carrier, call: slowly });
    await vi.waitFor(() => expect(asked).toBe(1), soon);
    app.revision += 1;
    await eventually('新しいお知らせ');
    expect(words()).toContain('使える支援のお知らせ');
    expect(words().indexOf('使える支援のお知らせ')).toBeLessThan(words().indexOf('新しいお知らせ'));
  });
  it('lets the notices wait for the news a moment, and no longer; what comes later stands below them', async () => {
    let let_go: () => void = () => undefined;
    const held_back = new Promise<void>((done) => (let_go = done));
    const carrier = fakeCarrier({ household: 'open', news: true });
    await open('#/', { household: 'open', news: true }, { ...carrier, call: async (name, args) => (name === 'benefit_news' ? held_back.then(() => carrier.call(name, args)) : carrier.call(name, args)) });
    await eventually('もうすぐ');
    expect(words()).not.toContain('新しいお知らせ');
    await eventually('新しいお知らせ');
    let_go();
    await eventually('使える支援のお知らせ');
    expect(words().indexOf('使える支援のお知らせ')).toBeGreaterThan(words().indexOf('新しいお知らせ'));
  });
});
