import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/app/App.svelte';
import { app } from '../src/app/store.svelte';
import { useCarrier } from '../src/ipc/client';
import { fakeCarrier, type Case } from './fake';

let shown: Record<string, unknown> | undefined;
// The engine of the map and a busy machine take their time.
const soon = { timeout: 25_000 };
const words = () => document.body.textContent ?? '';
const eventually = (text: string) => vi.waitFor(() => expect(words()).toContain(text), soon);
const button = (text: string) => vi.waitFor(() => [...document.querySelectorAll<HTMLElement>('button, a')].find((one) => one.textContent?.trim().startsWith(text)) ?? Promise.reject(new Error(`no ${text}`)), soon);
const field = (selector: string) => vi.waitFor(() => document.querySelector<HTMLInputElement>(selector) ?? Promise.reject(new Error(selector)), soon);
function type(into: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  into.value = text;
  into.dispatchEvent(new Event('input', { bubbles: true }));
}

async function open(hash: string, fake: Case = {}): Promise<void> {
  app.ready = false;
  history.replaceState(null, '', hash);
  useCarrier(fakeCarrier(fake));
  shown = mount(App, { target: document.body });
  await vi.waitFor(() => expect(document.querySelector('main')).not.toBeNull());
}

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => undefined);
});
afterEach(async () => {
  if (shown) await unmount(shown);
  document.body.innerHTML = '';
});

const HOME = '?lat=34.867&lon=138.31';

describe('the map', () => {
  it('asks for a spot, and leads to the list of places and to the words', async () => {
    await open('#/map');
    await eventually('知りたい場所を、地図で押してください');
    for (const href of ['#/places', '#/map/places', '#/map/timeline', '#/map/list']) expect(document.querySelector(`main a[href="${href}"]`), href).not.toBeNull();
  });
  it('begins with home where home is known', async () => {
    await open('#/map', { mine: true });
    await eventually('自宅（川原町三丁目）で洪水が起きたら');
    await eventually('洪水のとき、いちばん近い所');
  });
  it('answers in words where this phone cannot draw it', async () => {
    // As here: this environment has no WebGL.
    await open(`#/map${HOME}`);
    await eventually('地図の絵は、この電話では出せません');
    await eventually('水につかります');
    await eventually('色と模様の意味（水の深さ）');
  });
  it('has the country’s map laid under it when that is wished, told what it tells, and names whose it is', async () => {
    await open('#/map');
    const choice = (await field('input[name="online-map"]')) as HTMLInputElement;
    expect([choice.checked, app.settings.online_map]).toEqual([false, false]);
    await eventually('地図のどこを見ているかと、この電話の通信の番号（IPアドレス）が、国土地理院に伝わります。');
    expect(document.querySelector('main a[href="https://maps.gsi.go.jp/development/ichiran.html"]')).toBeNull();
    choice.click();
    await vi.waitFor(() => expect(app.settings.online_map).toBe(true), soon);
    // A map that cannot be drawn, as here, shows nothing of it on its face; the answer in words names it among the sources.
    history.replaceState(null, '', `#/map${HOME}`);
    dispatchEvent(new HashChangeEvent('hashchange'));
    await eventually('地理院タイル');
    expect(document.querySelector('main a[href="https://maps.gsi.go.jp/development/ichiran.html"]')).not.toBeNull();
  });
  it('stays without it where that cannot be kept', async () => {
    await open('#/settings');
    const choice = (await field('input[name="online-map"]')) as HTMLInputElement;
    useCarrier({ ...fakeCarrier({}), call: () => Promise.reject({ code: 'private', message: '' }) });
    choice.click();
    await eventually('残せませんでした');
    expect([choice.checked, app.settings.online_map]).toEqual([false, false]);
  });
  it('says how much has to be freed where there is no room for it', async () => {
    await open('#/map', { maps: 'away', full: true });
    (await button('いま受け取る')).click();
    await eventually('空きが足りません。24MB空けると受け取れます。');
  });
  it('says how large it is before it is fetched, and lets one choose when', async () => {
    await open('#/map', { maps: 'away' });
    await eventually('見本市の地図は、まだこの電話にありません');
    await eventually('いま受け取る（5.4MB）');
    for (const text of ['いつでも', 'Wi-Fiのときだけ', '受け取らない']) expect(words()).toContain(text);
    (await button('いま受け取る')).click();
    await eventually('地図を受け取っています');
  });
  it('of a town without one says so and leads to the places', async () => {
    await open('#/map', { maps: 'none' });
    await eventually('見本市の災害の地図は、まだありません');
    expect(document.querySelector('main a[href="#/places"]')).not.toBeNull();
    expect(document.querySelector('canvas')).toBeNull();
  });
});

describe('the answer in words', () => {
  it('is reached by a name', async () => {
    await open('#/map/list');
    type(await field('input[type="search"]'), '川原町三');
    (await button('川原町三丁目')).click();
    await eventually('川原町三丁目で洪水が起きたら');
    expect(document.querySelector('h1')?.textContent).toBe('川原町三丁目');
    await eventually('まだ調べられていません');
    expect(words()).toContain('区域の外でも、安全とは言いきれません。');
    expect(words()).toContain('見本市ハザードマップ、見本市（2023年の調査、想定最大規模）。');
  });
  it('is chosen by danger', async () => {
    await open(`#/map/answer${HOME}`);
    await eventually('で洪水が起きたら');
    [...document.querySelectorAll<HTMLInputElement>('input[name="hazard"]')].at(2)?.click();
    await eventually('土砂災害の区域の外です');
    expect(location.hash).toContain('hazard=landslide');
  });
  it('tells shelters for afterwards apart from where to flee, and a site in the zone as such', async () => {
    await open(`#/map/answer${HOME}`);
    await eventually('あとで過ごす所（避難所）');
    expect(words()).toContain('この避難場所も、区域の中にあります。');
  });
  it('of a spot elsewhere is none', async () => {
    await open('#/map/answer?lat=35.68&lon=139.76');
    await eventually('見本市の外です。');
    expect(words()).not.toContain('いちばん近い所');
  });
  it('needs a spot', async () => {
    await open('#/map/answer?lat=x');
    await eventually('場所が選ばれていません');
  });
  it('of what is not on the phone says that, never that nothing happens', async () => {
    await open(`#/map/answer${HOME}`, { maps: 'away' });
    await eventually('この電話に、まだ届いていません');
    expect(words()).not.toContain('区域の外です');
  });
});

describe('my places', () => {
  it('are added, shown as a card, and taken away', async () => {
    await open(`#/map/places/new${HOME}`);
    (await button('自宅を残す')).click();
    await eventually('自宅の災害カード');
    for (const text of ['何が起きるか', 'どこへ逃げるか', 'まだ調べられていません']) expect(words()).toContain(text);
    location.hash = '#/map/places/m0/edit';
    (await button('わたしの場所から外す')).click();
    await eventually('まだ1か所もありません');
    await eventually('自宅を外しました');
  });
  it('need a name', async () => {
    await open(`#/map/places/new${HOME}`);
    type(await field('#name'), ' ');
    flushSync();
    (await button('この場所を残す')).click();
    await eventually('呼び名を書いてください');
    expect(location.hash).toContain('/map/places/new');
  });
  it('say where the map changed', async () => {
    await open('#/map/places', { mine: true });
    await eventually('この場所の地図が変わりました');
    location.hash = '#/map/places/parents';
    await eventually('前に見たときと、区域が変わっています。');
    await eventually('建物がこわれるおそれのある区域です');
  });
  it('say on the first screen where the map changed, until the card was opened', async () => {
    await open('#/', { mine: true });
    await eventually('実家の災害の地図が変わりました');
    location.hash = (await button('実家の災害の地図')).getAttribute('href') ?? '';
    expect(location.hash).toBe('#/map/places/parents');
    await eventually('建物がこわれるおそれのある区域です');
    location.hash = '#/';
    await eventually('新しいお知らせ');
    await vi.waitFor(() => expect(words()).not.toContain('災害の地図が変わりました'), soon);
  });
  it.each(['key-lost', 'damaged'] as const)('offer to begin anew when what was kept is %s', async (locked) => {
    await open('#/map/places', { mine: true, locked });
    (await button('消して、はじめから入れる')).click();
    await eventually('まだ1か所もありません');
  });
  it('work without a key, and say that nothing outlasts the run', async () => {
    await open('#/map/places', { mine: true, locked: 'no-key' });
    await eventually('この電話には、しまっておけません');
    await eventually('実家');
  });
  it('that are gone say so', async () => {
    await open('#/map/places/gone');
    await eventually('この場所は、もうありません');
  });
});

describe('the timeline', () => {
  it('begins as a draft made for home, is changed line by line and kept', async () => {
    await open('#/map/timeline', { mine: true });
    await eventually('下書きです。');
    for (let level = 1; level <= 5; level += 1) expect(words()).toContain(`警戒レベル${level}`);
    await eventually('へ避難する（歩いて');
    (await button('書き直す')).click();
    flushSync();
    const first = document.querySelector<HTMLTextAreaElement>('textarea');
    if (first) type(first, '雨戸を閉める');
    (await button('書き終える')).click();
    await eventually('マイ・タイムラインを残しました');
    expect(words()).toContain('雨戸を閉める');
    expect(words()).not.toContain('下書きです。');
  });
  it('asks for home first where there is none', async () => {
    await open('#/map/timeline');
    await eventually('先に、自宅を加えてください');
    expect(words()).toContain('市の指示する所へ避難する');
  });
});
