import { invoke } from '@tauri-apps/api/core';
import { asCallError, call, CallError, inApp } from './client';
import { attachmentBytes } from './tauri';
import type { Position } from './types';

/** What the app's shell can do on this device. In a browser it does nothing: the browser's own means are used. */
export interface Device {
  /** It opens a share sheet. */
  share: boolean;
  /** It shows a file in another app. */
  open: boolean;
  /** It knows where it is. */
  position: boolean;
}

const NOTHING: Device = { share: false, open: false, position: false };
let known: Promise<Device> | undefined;

/** Asked once; a failure is asked again the next time. */
export function device(): Promise<Device> {
  if (!inApp()) return Promise.resolve(NOTHING);
  known ??= invoke<Device>('device').catch(() => {
    known = undefined;
    return NOTHING;
  });
  return known;
}

/** Forgets what the device can do; for tests. */
export function forgetDevice(): void {
  known = undefined;
}

export interface Shared {
  title: string;
  text: string;
  url?: string;
}

/** Hands a text to the share sheet; where there is none it is copied. What became of it is for the screen to say: nothing
 * after a share sheet, which speaks for itself. */
export async function shareText({ title, text, url }: Shared): Promise<'shared' | 'copied' | 'failed'> {
  const whole = url ? `${text}\n${url}` : text;
  try {
    if ((await device()).share) {
      await invoke('share', { text: { title, text: whole } });
      return 'shared';
    }
    if (typeof navigator.share === 'function') {
      await navigator.share({ title, text, ...(url ? { url } : {}) });
      return 'shared';
    }
    await navigator.clipboard.writeText(whole);
    return 'copied';
  } catch (error) {
    // Closing the share sheet is an answer, not a failure.
    return error instanceof DOMException && error.name === 'AbortError' ? 'shared' : 'failed';
  }
}

/** Shows a file of a notice: in the app that the device has for it, by the share sheet, or in another window. */
export async function openFile(notice: string, path: string): Promise<void> {
  try {
    if ((await device()).open) {
      await invoke('open_attachment', { notice, path });
    } else if (inApp()) {
      const { media_type } = await call('attachment', { notice, path });
      const bytes = await attachmentBytes(notice, path);
      const file = new File([bytes], path.split('/').pop() ?? path, { type: media_type });
      await navigator.share({ files: [file] }).catch((error: unknown) => {
        if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
      });
    } else {
      window.open((await call('attachment', { notice, path })).file, '_blank', 'noopener');
    }
  } catch (error) {
    throw asCallError(error);
  }
}

type Permission = 'granted' | 'denied' | 'prompt' | 'prompt-with-rationale';
type Permissions = { location: Permission; coarseLocation?: Permission };

/** A little longer than the device itself may take, for one that never answers. */
const POSITION_MS = 18_000;
const MAY_NOT = 'position-refused';
const granted = (may: Permissions) => may.location === 'granted' || may.coarseLocation === 'granted';

/** Where the resident is, after she allowed it. Throws a CallError: `position-refused`, `position-timeout`, `position-off`. */
export async function position(): Promise<Position> {
  let may: Permissions;
  try {
    may = await invoke<Permissions>('plugin:geolocation|check_permissions');
    if (!granted(may)) may = await invoke<Permissions>('plugin:geolocation|request_permissions', { permissions: ['location'] });
  } catch (error) {
    throw new CallError('position-off', asCallError(error).message);
  }
  if (!granted(may)) throw new CallError(MAY_NOT, may.location);
  const options = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new CallError('position-timeout', 'no position in time')), POSITION_MS);
  });
  const found = invoke<{ coords: { latitude: number; longitude: number } }>('plugin:geolocation|get_current_position', { options });
  try {
    const { coords } = await Promise.race([found, late]);
    return { lat: coords.latitude, lon: coords.longitude };
  } catch (error) {
    throw new CallError('position-timeout', asCallError(error).message);
  } finally {
    clearTimeout(timer);
  }
}

/** Tells the link with which the app was opened, at the start and later. */
export async function openedWith(callback: (urls: string[]) => void): Promise<void> {
  if (!inApp()) return;
  const { listen } = await import('@tauri-apps/api/event');
  await listen<string[]>('deep-link://new-url', ({ payload }) => callback(payload));
  const first = await invoke<string[] | null>('plugin:deep-link|get_current');
  if (first) callback(first);
}

/** Links that only the device can follow: the shell's own script knows those to the web that open a window. */
const OUTSIDE = ['tel:', 'mailto:', 'geo:', 'maps:'];

/** Follows a link to the telephone, the mail or the maps; `failed` is told when the device has nothing for it. */
export function followOutside(failed: () => void): () => void {
  if (!inApp()) return () => undefined;
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const url = link?.getAttribute('href') ?? '';
    if (event.defaultPrevented || !OUTSIDE.some((scheme) => url.toLowerCase().startsWith(scheme))) return;
    event.preventDefault();
    invoke('plugin:opener|open_url', { url }).catch(failed);
  };
  document.addEventListener('click', follow);
  return () => document.removeEventListener('click', follow);
}

/** The maps app that stands on this device: none in a browser or on a desk. */
export function mapsApp(): 'android' | 'ios' | undefined {
  if (!inApp()) return undefined;
  if (/Android/.test(navigator.userAgent)) return 'android';
  const tablet = /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
  return tablet || /iPhone|iPad|iPod/.test(navigator.userAgent) ? 'ios' : undefined;
}
