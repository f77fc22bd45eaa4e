import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest';
import { forgetDevice } from '../src/ipc/device';
import { sharePicture } from '../src/ipc/picture';
import { insideApp } from './tauri';

const drawn = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47])], { type: 'image/png' });
const browse = (has: Record<string, unknown>) => vi.stubGlobal('navigator', { userAgent: 'x', maxTouchPoints: 0, ...has });

beforeEach(forgetDevice);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a picture', () => {
  it('goes to the shell, whole, where the device shows files: its web view saves none', async () => {
    const app = insideApp({ device: { share: true, open: true, position: true }, share_picture: null });
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click');
    expect(await sharePicture(drawn, '自宅')).toBe('shared');
    expect(app.of('share_picture')).toEqual([{ picture: { title: '自宅', png: 'iVBORw==' } }]);
    expect(saved).not.toHaveBeenCalled();
  });
  it('that the device refuses is a failure, and nothing is said to be saved', async () => {
    insideApp({ device: { share: true, open: true, position: true }, share_picture: () => Promise.reject({ code: 'picture', message: 'x' }) });
    await expect(sharePicture(drawn, 'a')).rejects.toMatchObject({ code: 'picture' });
  });
  it('goes to the share sheet of a web view that has one, which may be closed', async () => {
    const app = insideApp({ device: { share: false, open: false, position: true } });
    const share = vi.fn(async (_: { files: File[] }) => undefined);
    browse({ share, canShare: () => true });
    expect(await sharePicture(drawn, 'a/b')).toBe('shared');
    expect(share.mock.calls[0]?.[0].files[0]?.name).toBe('a b.png');
    browse({ share: () => Promise.reject(new DOMException('closed', 'AbortError')), canShare: () => true });
    expect(await sharePicture(drawn, 'a')).toBe('shared');
    expect(app.of('share_picture')).toEqual([]);
  });
  it('is saved by a browser', async () => {
    browse({});
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue(undefined);
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
    expect(await sharePicture(drawn, 'a')).toBe('saved');
    expect(saved).toHaveBeenCalledOnce();
  });
});
