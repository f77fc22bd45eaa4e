import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/app/App.svelte';
import { app } from '../src/app/store.svelte';
import { joining } from '../src/app/joining.svelte';
import { useCarrier } from '../src/ipc/client';
import { fakeCarrier, type Case } from './fake';

let shown: Record<string, unknown> | undefined;

async function open(hash: string, fake: Case = {}): Promise<void> {
  app.ready = false;
  joining.clear();
  joining.typed = '';
  history.replaceState(null, '', hash);
  useCarrier(fakeCarrier(fake));
  shown = mount(App, { target: document.body });
  await vi.waitFor(() => expect(document.querySelector('main')).not.toBeNull());
}
const words = () => document.body.textContent ?? '';
// A screen that is fetched takes its time where much else runs.
const soon = { timeout: 5000 };
const eventually = (text: string) => vi.waitFor(() => expect(words()).toContain(text), soon);

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => undefined);
});
afterEach(async () => {
  if (shown) await unmount(shown);
  document.body.innerHTML = '';
});

describe('today', () => {
  it('tells what to put out and what comes soon', async () => {
    await open('#/');
    await eventually('燃やすごみ');
    await eventually('乳幼児健康相談');
    await eventually('11月21日 土曜日');
  });
  it('puts nothing before an evacuation order', async () => {
    await open('#/', { alert: 4, age: 'offline' });
    await eventually('いますぐ避難');
    expect(words().trimStart().startsWith('警戒レベル4')).toBe(true);
    expect(words()).not.toContain('おはようございます');
    expect(words()).toContain('この電話は圏外です');
  });
  it('greets nobody while an alert runs', async () => {
    await open('#/', { alert: 2 });
    await eventually('注意報');
    expect(words()).not.toContain('おはようございます');
    expect(words()).not.toContain('こんばんは');
  });
  it('is one screen on the highest level: what protects life, from what', async () => {
    await open('#/', { alert: 5, hazard: 'landslide' });
    await eventually('いのちを守る');
    expect(words()).toContain('がけから少しでも離れた、2階より上の部屋へ。');
    expect(words()).not.toContain('燃やすごみ');
    expect(document.querySelector('a[href="tel:119"]')).not.toBeNull();
    expect(document.querySelector('a[href="#/alerts"]')).not.toBeNull();
  });
  it('shows a drill as a drill, below no level’s colour', async () => {
    await open('#/', { drill: true });
    await eventually('訓練です');
    expect(words()).toContain('本当の災害ではありません。');
    expect(words()).toContain('11月21日 土曜日');
    expect(document.querySelector('.level-4')).toBeNull();
  });
  it('offers to choose a town', async () => {
    await open('#/', { town: false });
    await eventually('まちを選ぶ');
  });
  it.each(['#/notices', '#/counter', '#/garbage/area'])('offers to choose a town at %s too', async (hash) => {
    await open(hash, { town: false });
    await eventually('まちを選ぶ');
  });
});

describe('the tabs', () => {
  it('are four, and events stand at the counter', async () => {
    await open('#/events');
    await eventually('川原公園の朝市');
    const tabs = [...document.querySelectorAll('nav a')];
    expect(tabs.map((tab) => tab.getAttribute('href'))).toEqual(['#/', '#/notices', '#/counter', '#/map']);
    expect(tabs.map((tab) => tab.getAttribute('aria-current'))).toEqual([null, null, 'page', null]);
  });
  it('carry a running alert, which leads to what to do', async () => {
    await open('#/counter', { alert: 4 });
    await eventually('避難指示が出ています');
    expect(document.querySelector('aside a')?.getAttribute('href')).toBe('#/alerts');
  });
});

describe('the counter', () => {
  it('leads to events and garbage, and calls the town hall', async () => {
    await open('#/counter');
    await eventually('今週は24件、きょうは5件');
    await eventually('きょうは 燃やすごみ');
    expect(document.querySelector('main a[href="tel:0999221111"]')?.textContent).toContain('電話する');
    expect(document.querySelector<HTMLAnchorElement>('main a[target="_blank"]')?.rel).toContain('noopener');
  });
  it('keeps its ways on when the numbers cannot be read', async () => {
    await open('#/counter', { broken: true });
    await eventually('もう一度ためす');
    expect(document.querySelector('main a[href="#/events"]')).not.toBeNull();
  });
});

describe('towns', () => {
  const button = (text: string) => vi.waitFor(() => [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === text) ?? Promise.reject(new Error(`no ${text}`)), soon);

  it('are left only after a word in between', async () => {
    await open('#/settings', { towns: 2 });
    (await button('見本市をやめる')).click();
    await eventually('緊急の情報も届かなくなります。');
    expect(app.towns).toHaveLength(2);
    (await button('この電話から消す')).click();
    await vi.waitFor(() => expect(app.towns.map((town) => town.name)).toEqual(['隣町']));
    expect(app.town?.name).toBe('隣町');
  });
  it('are changed by one press', async () => {
    await open('#/settings', { towns: 2 });
    const other = await vi.waitFor(() => [...document.querySelectorAll<HTMLInputElement>('input[name="town"]')][1] ?? Promise.reject(new Error('not yet')), soon);
    other.click();
    await vi.waitFor(() => expect(app.town?.name).toBe('隣町'));
  });
  it('are not joined by a link alone', async () => {
    await open('#/welcome?address=https%3A%2F%2Fh%2F&root=ab', { town: false });
    await eventually('リンクから町のアドレスが入りました');
    expect(document.querySelector<HTMLInputElement>('#address')?.value).toBe('https://h/');
    expect(joining.busy).toBe(false);
    (await button('この町ではじめる')).click();
    await eventually('隣町につながりました');
  });
  it('have numbers, by which they are not found yet', async () => {
    await open('#/welcome', { town: false });
    const field = await vi.waitFor(() => document.querySelector<HTMLInputElement>('#address') ?? Promise.reject(new Error('not yet')), soon);
    field.value = '992011';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    (await button('この町ではじめる')).click();
    await eventually('町の番号だけでは、まだ町を探せません。');
  });
  it('that cannot be reached say so in words', async () => {
    await open('#/welcome?address=https%3A%2F%2Fh%2F', { town: false, join: 'captive-portal' });
    (await button('この町ではじめる')).click();
    await eventually('Wi-Fiの案内の画面が先に出ています。');
  });
});

describe('a notice', () => {
  it('is read once it was opened, and shows what was corrected', async () => {
    await open('#/notices/n1');
    await eventually('時間を22時からに直しました。');
    await vi.waitFor(() => expect(document.querySelector('article h1')).not.toBeNull());
    await vi.waitFor(() => expect(app.unread).toBe(2));
  });
  it('is saved at once and that can be taken back', async () => {
    await open('#/notices/n3');
    const save = await vi.waitFor(() => document.querySelector<HTMLButtonElement>('button[aria-pressed="false"]') ?? Promise.reject(new Error('not yet')), soon);
    save.click();
    flushSync();
    expect(save.getAttribute('aria-pressed')).toBe('true');
    [...document.querySelectorAll('button')].find((button) => button.textContent === '元にもどす')?.click();
    flushSync();
    expect(save.getAttribute('aria-pressed')).toBe('false');
  });
  it('that is gone says so', async () => {
    await open('#/notices/none');
    await eventually('このお知らせは、もうありません');
  });
  it('is read in easy Japanese with readings', async () => {
    await open('#/notices/n1', { settings: { language: 'ja-easy' } });
    await vi.waitFor(() => expect([...document.querySelectorAll('rt')].map((rt) => rt.textContent)).toContain('みち'));
  });
});
