import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/app/App.svelte';
import { app } from '../src/app/store.svelte';
import { useCarrier } from '../src/ipc/client';
import { fakeCarrier, type Case } from './fake';

let shown: Record<string, unknown> | undefined;

async function open(hash: string, fake: Case = {}): Promise<void> {
  app.ready = false;
  history.replaceState(null, '', hash);
  useCarrier(fakeCarrier(fake));
  shown = mount(App, { target: document.body });
  await vi.waitFor(() => expect(document.querySelector('main')).not.toBeNull());
}
const words = () => document.body.textContent ?? '';
const eventually = (text: string) => vi.waitFor(() => expect(words()).toContain(text));

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
  it('offers to choose a town', async () => {
    await open('#/', { town: false });
    await eventually('まちを選ぶ');
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
    const save = await vi.waitFor(() => document.querySelector<HTMLButtonElement>('button[aria-pressed="false"]') ?? Promise.reject(new Error('not yet')));
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
