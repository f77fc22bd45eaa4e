import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Blobs } from '../src/ipc/blobs';
import { tauriCarrier } from '../src/ipc/tauri';
import { insideApp } from './tauri';

let made = 0;
const revoked: string[] = [];
const bytes = async () => new ArrayBuffer(2);

beforeEach(() => {
  made = 0;
  revoked.length = 0;
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => `blob:${(made += 1)}`);
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void revoked.push(url));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('addresses of pictures', () => {
  it('are kept, and the oldest given back', async () => {
    const blobs = new Blobs(2);
    const url = (name: string) => blobs.url(name, 'image/png', bytes);
    expect([await url('a'), await url('b'), await url('a')]).toEqual(['blob:1', 'blob:2', 'blob:1']);
    // `a` was wanted last, so `b` goes.
    expect(await url('c')).toBe('blob:3');
    expect(revoked).toEqual(['blob:2']);
    expect(await url('b')).toBe('blob:4');
    expect(revoked).toEqual(['blob:2', 'blob:1']);
  });
  it('are never lost when two ask at once', async () => {
    const blobs = new Blobs(2);
    const both = await Promise.all([blobs.url('a', 'image/png', bytes), blobs.url('a', 'image/png', bytes)]);
    expect(revoked).toEqual([both[0]]);
    expect(await blobs.url('a', 'image/png', bytes)).toBe(both[1]);
  });
  it('are not made of what failed to come', async () => {
    const blobs = new Blobs();
    await expect(blobs.url('a', 'image/png', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(await blobs.url('a', 'image/png', bytes)).toBe('blob:1');
  });
  it('keep forty', async () => {
    const blobs = new Blobs();
    for (let i = 0; i < 45; i += 1) await blobs.url(String(i), 'image/png', bytes);
    expect(revoked).toEqual(['blob:1', 'blob:2', 'blob:3', 'blob:4', 'blob:5']);
  });
  it('are of pictures only that are safe to show', () => {
    expect(['image/png', 'image/jpeg', 'image/gif', 'image/webp'].every(Blobs.shows)).toBe(true);
    expect(['image/svg+xml', 'text/html', 'application/pdf', ''].some(Blobs.shows)).toBe(false);
  });
});

describe('the carrier in the app', () => {
  const attachment = (media_type: string) => ({ file: 'files/a', media_type, bytes: 2 });

  it('gives a picture an address of its own, once', async () => {
    const app = insideApp({ attachment: attachment('image/png'), attachment_bytes: new ArrayBuffer(2) });
    const carrier = tauriCarrier();
    const call = () => carrier.call('attachment', { notice: 'n', path: 'files/a' });
    expect(await call()).toEqual({ ...attachment('image/png'), file: 'blob:1' });
    expect(await call()).toEqual({ ...attachment('image/png'), file: 'blob:1' });
    expect(app.names().filter((name) => name === 'attachment_bytes')).toHaveLength(1);
  });
  it('leaves other files to the device', async () => {
    const app = insideApp({ attachment: attachment('application/pdf') });
    expect(await tauriCarrier().call('attachment', { notice: 'n', path: 'files/a' })).toEqual(attachment('application/pdf'));
    expect(app.names()).toEqual(['attachment']);
  });
  it('keeps no picture of another town', async () => {
    insideApp({ attachment: attachment('image/png'), attachment_bytes: [1, 2], use_town: { towns: [] } });
    const carrier = tauriCarrier();
    await carrier.call('attachment', { notice: 'n', path: 'files/a' });
    await carrier.call('use_town', { code: '1' });
    expect(revoked).toEqual(['blob:1']);
    expect(await carrier.call('attachment', { notice: 'n', path: 'files/a' })).toMatchObject({ file: 'blob:2' });
  });
  it('hands over one channel, what the network costs, and nothing else beside the arguments', async () => {
    const app = insideApp({ sync: {}, join: {} });
    await tauriCarrier().sync(() => undefined);
    await tauriCarrier().join?.({ address: 'https://h/' }, () => undefined);
    expect(Object.keys(app.of('sync')[0] ?? {}).sort()).toEqual(['metered', 'onProgress']);
    // Whoever sits at a desk pays nothing by the byte.
    expect(app.of('sync')[0]).toMatchObject({ metered: false });
    expect(Object.keys(app.of('join')[0] ?? {}).sort()).toEqual(['address', 'onProgress']);
  });
});
