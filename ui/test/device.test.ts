import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useCarrier } from '../src/ipc/client';
import { device, followOutside, forgetDevice, mapsApp, openedWith, openFile, position, shareText } from '../src/ipc/device';
import { directions } from '../src/features/places/words';
import { insideApp } from './tauri';

const phone = { share: true, open: true, position: true };
const apple = { share: false, open: false, position: true };
const browse = (has: Record<string, unknown>) => vi.stubGlobal('navigator', { userAgent: 'x', maxTouchPoints: 0, ...has });
const closed = () => Promise.reject(new DOMException('closed', 'AbortError'));

beforeEach(() => {
  forgetDevice();
  useCarrier({ call: async () => ({ file: '/files/a.pdf', media_type: 'application/pdf', bytes: 3 }), sync: async () => { throw new Error('no'); } });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('the device', () => {
  it('is asked once, and again after a failure', async () => {
    let times = 0;
    const app = insideApp({ device: () => { times += 1; if (times === 1) throw new Error('not yet'); return phone; } });
    expect(await device()).toEqual({ share: false, open: false, position: false });
    expect(await device()).toEqual(phone);
    expect(await device()).toEqual(phone);
    expect(app.names()).toHaveLength(2);
  });
  it('can do nothing of its own in a browser', async () => expect(await device()).toEqual({ share: false, open: false, position: false }));
});

describe('sharing', () => {
  const words = { title: 'T', text: 'a', url: 'https://h/' };

  it('goes by the shell where it can, link and all', async () => {
    const app = insideApp({ device: phone, share: null });
    expect(await shareText(words)).toBe('shared');
    expect(app.of('share')).toEqual([{ text: { title: 'T', text: 'a\nhttps://h/' } }]);
  });
  it('else by the web view, whose sheet may be closed', async () => {
    insideApp({ device: apple });
    const share = vi.fn(closed);
    browse({ share });
    expect(await shareText(words)).toBe('shared');
    expect(share).toHaveBeenCalledWith(words);
  });
  it('else it is copied', async () => {
    const writeText = vi.fn(async () => undefined);
    browse({ clipboard: { writeText } });
    expect(await shareText(words)).toBe('copied');
    expect(writeText).toHaveBeenCalledWith('a\nhttps://h/');
    browse({ clipboard: { writeText: () => Promise.reject(new Error('no')) } });
    expect(await shareText(words)).toBe('failed');
  });
});

describe('a file of a notice', () => {
  it('is shown by the shell', async () => {
    const app = insideApp({ device: phone, open_attachment: null });
    await openFile('n', 'files/a.pdf');
    expect(app.of('open_attachment')).toEqual([{ notice: 'n', path: 'files/a.pdf' }]);
  });
  it('is shared as a file where the shell cannot show it', async () => {
    insideApp({ device: apple, attachment_bytes: new ArrayBuffer(3) });
    const share = vi.fn(async (_: { files: File[] }) => undefined);
    browse({ share });
    await openFile('n', 'files/a.pdf');
    const file = share.mock.calls[0]?.[0].files[0];
    expect([file?.name, file?.type, file?.size]).toEqual(['a.pdf', 'application/pdf', 3]);
    browse({ share: closed });
    await openFile('n', 'files/a.pdf');
  });
  it('opens beside the page in a browser', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null);
    await openFile('n', 'files/a.pdf');
    expect(open).toHaveBeenCalledWith('/files/a.pdf', '_blank', 'noopener');
  });
  it('that cannot be had is a refusal with its code', async () => {
    insideApp({ device: phone, open_attachment: () => Promise.reject({ code: 'unreachable', message: 'x' }) });
    await expect(openFile('n', 'a')).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe('where one is', () => {
  const check = 'plugin:geolocation|check_permissions';
  const request = 'plugin:geolocation|request_permissions';
  const get = 'plugin:geolocation|get_current_position';
  const found = { coords: { latitude: 34.8, longitude: 138.3 } };

  it('is told after leave was given, which is asked for once', async () => {
    const app = insideApp({ [check]: { location: 'prompt' }, [request]: { location: 'granted' }, [get]: found });
    expect(await position()).toEqual({ lat: 34.8, lon: 138.3 });
    expect(app.of(request)).toEqual([{ permissions: ['location'] }]);
    expect(app.of(get)).toEqual([{ options: { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 } }]);
  });
  it('may be known roughly', async () => {
    const app = insideApp({ [check]: { location: 'denied', coarseLocation: 'granted' }, [get]: found });
    await position();
    expect(app.names()).not.toContain(request);
  });
  it('says why it is not known', async () => {
    insideApp({ [check]: { location: 'denied' }, [request]: { location: 'denied' } });
    await expect(position()).rejects.toMatchObject({ code: 'position-refused' });
    insideApp({ [check]: () => Promise.reject('Location services are disabled.') });
    await expect(position()).rejects.toMatchObject({ code: 'position-off' });
    insideApp({ [check]: { location: 'granted' }, [get]: () => Promise.reject('timeout') });
    await expect(position()).rejects.toMatchObject({ code: 'position-timeout' });
  });
  it('is given up when no answer comes', async () => {
    vi.useFakeTimers();
    insideApp({ [check]: { location: 'granted' }, [get]: () => new Promise(() => undefined) });
    const asked = expect(position()).rejects.toMatchObject({ code: 'position-timeout' });
    await vi.advanceTimersByTimeAsync(20_000);
    await asked;
    vi.useRealTimers();
  });
});

describe('links', () => {
  it('with which the app was opened are told', async () => {
    const app = insideApp({ 'plugin:event|listen': 1, 'plugin:deep-link|get_current': ['madoguchi://open/notices'] });
    const told: string[][] = [];
    await openedWith((urls) => told.push(urls));
    expect(told).toEqual([['madoguchi://open/notices']]);
    expect(app.of('plugin:event|listen')[0]).toMatchObject({ event: 'deep-link://new-url' });
  });
  it('are nobody else’s in a browser', async () => {
    const told = vi.fn();
    await openedWith(told);
    expect(told).not.toHaveBeenCalled();
  });

  const press = (href: string) => {
    document.body.innerHTML = `<a href="${href}"><span>x</span></a>`;
    let caught = false;
    // What is not caught would be followed by the page: it ends here.
    addEventListener('click', (event) => { caught = event.defaultPrevented; event.preventDefault(); }, { once: true });
    document.querySelector('span')?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    return caught;
  };

  it('to the telephone and the maps are handed to the device', () => {
    const app = insideApp({ 'plugin:opener|open_url': null });
    const stop = followOutside(() => undefined);
    expect(['tel:119', 'mailto:a@b', 'geo:1,2?q=1,2(x)', 'maps://?daddr=1,2'].map((href) => press(href))).toEqual([true, true, true, true]);
    expect(app.of('plugin:opener|open_url').map(({ url }) => url)).toEqual(['tel:119', 'mailto:a@b', 'geo:1,2?q=1,2(x)', 'maps://?daddr=1,2']);
    expect([press('#/notices'), press('javascript:void 0')]).toEqual([false, false]);
    stop();
    expect(press('tel:119')).toBe(false);
  });
  it('that the device has nothing for are told', async () => {
    insideApp({ 'plugin:opener|open_url': () => Promise.reject('no app') });
    const failed = vi.fn();
    const stop = followOutside(failed);
    press('tel:119');
    await vi.waitFor(() => expect(failed).toHaveBeenCalled());
    stop();
  });
});

describe('directions', () => {
  const way = () => directions({ lat: 34.8, lon: 138.3 }, '緑ヶ丘小学校(北)');

  it('open the maps app of the phone', () => {
    insideApp({});
    browse({ userAgent: 'Mozilla/5.0 (Linux; Android 14)' });
    expect(way()).toBe(`geo:34.8,138.3?q=34.8,138.3(${encodeURIComponent('緑ヶ丘小学校 北 ')})`);
    browse({ userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)' });
    expect(way()).toBe('maps://?daddr=34.8,138.3');
    browse({ userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X)', maxTouchPoints: 5 });
    expect(mapsApp()).toBe('ios');
  });
  it('are a page elsewhere', () => {
    insideApp({});
    browse({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' });
    expect(way()).toMatch(/^https:\/\/www\.google\.com\/maps\/dir\/\?api=1&destination=34\.8,138\.3$/);
    vi.unstubAllGlobals();
    browse({ userAgent: 'Mozilla/5.0 (Linux; Android 14)' });
    expect(way()).toMatch(/^https:/);
  });
});
