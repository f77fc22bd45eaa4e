import { afterEach, describe, expect, it, vi } from 'vitest';
import { canPrint, handheld } from '../src/ipc/handheld';
import { metered } from '../src/ipc/metered';

const PHONE = 'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Version/4.0 Chrome/130.0 Mobile Safari/537.36';
const DESK = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';
const on = (userAgent: string, connection?: object) => vi.stubGlobal('navigator', { userAgent, connection });

afterEach(() => vi.unstubAllGlobals());

describe('what the network costs', () => {
  it.each([
    [PHONE, { type: 'wifi' }, false],
    [PHONE, { type: 'ethernet' }, false],
    [PHONE, { type: 'cellular' }, true],
    [PHONE, { type: 'wifi', saveData: true }, true],
    [PHONE, { type: 'unknown' }, undefined],
    [PHONE, { type: 'none' }, undefined],
    [PHONE, {}, undefined],
    [PHONE, undefined, undefined],
    [DESK, undefined, false],
    [DESK, { type: 'cellular' }, true],
  ])('on %s, with %o, is %s', (device, connection, expected) => {
    on(device, connection);
    expect(metered()).toBe(expected);
  });
});

describe('what device it is', () => {
  it('tells a phone’s web view from a desk’s', () => {
    on(PHONE);
    expect(handheld()).toBe(true);
    on(DESK);
    expect(handheld()).toBe(false);
  });
  it('offers to print where there is something to print with', () => {
    on(PHONE);
    expect(canPrint()).toBe(true);
    (window as { __TAURI_INTERNALS__?: unknown }).__TAURI_INTERNALS__ = {};
    expect(canPrint()).toBe(false);
    on(DESK);
    expect(canPrint()).toBe(true);
    delete (window as { __TAURI_INTERNALS__?: unknown }).__TAURI_INTERNALS__;
  });
});
