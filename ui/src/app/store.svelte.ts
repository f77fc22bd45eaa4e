import { call, sync, type CallError } from '../ipc/client';
import type { Age, RunningAlert, Settings, Today, Town } from '../ipc/types';
import { here } from './here.svelte';
import { speak } from './i18n.svelte';
import { forgetScreens } from './router.svelte';
import { nothing, tally, type Tally } from './tally';

/** Least time between two quiet looks at the town. */
const QUIET_PAUSE_MS = 60_000;

/** What every screen shares: the town, the age of its content, the running alerts, the settings. */
class AppStore {
  ready = $state(false);
  settings = $state.raw<Settings>({ language: 'ja', text_size: 100, theme: 'auto', online_map: false });
  towns = $state.raw<Town[]>([]);
  age = $state.raw<Age>({ state: 'never', age_s: null, issued: null });
  today = $state.raw<Today | undefined>(undefined);
  trouble = $state.raw<CallError | undefined>(undefined);
  syncing = $state(false);
  /** Did the reader ask for it? What looks by itself shows nothing. */
  asked = $state(false);
  progress = $state.raw<Tally>(nothing);
  /** Grows when content changed: what a screen has read, it reads again. */
  revision = $state(0);
  #last = 0;
  #underway: Promise<unknown> = Promise.resolve();

  get town(): Town | undefined {
    return this.towns.find((town) => town.in_use) ?? this.towns[0];
  }
  get alerts(): RunningAlert[] {
    return this.today?.alerts ?? [];
  }
  get unread(): number {
    return this.today?.unread ?? 0;
  }
  get saved(): number {
    return this.today?.saved ?? 0;
  }

  /** Reads what the phone holds, then looks at the town; later again whenever the app comes to the front. */
  async start(): Promise<void> {
    const read = this.reload();
    try {
      await this.apply(await call('settings'));
    } catch {
      await this.apply(this.settings);
    }
    await read;
    this.ready = true;
    // `cargo xtask bench app` reads when the first screen was drawn: in the frame after this one.
    requestAnimationFrame(() => setTimeout(() => performance.mark('first-screen')));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.refreshQuietly();
    });
    addEventListener('online', () => void this.refreshQuietly());
    void this.refreshQuietly();
  }

  /** Means another town from now on: nothing of the one before stays on the screens. */
  async useTown(code: string): Promise<void> {
    await call('use_town', { code });
    await this.otherTown();
    void this.refresh(false);
  }

  /** Takes a town and its content off the phone. */
  async leaveTown(code: string): Promise<void> {
    await this.settled();
    await call('leave_town', { code });
    await this.otherTown();
    if (this.town) void this.refresh(false);
  }

  /** Reads what another town has; what screens kept was the last one's. */
  async otherTown(): Promise<void> {
    forgetScreens();
    here.place = undefined;
    await this.reload();
  }

  /** Reads towns and today again from the phone's own store. */
  async reload(): Promise<void> {
    try {
      this.towns = (await call('towns')).towns;
      if (this.town) {
        this.today = await call('today');
        this.age = this.today.age;
      } else {
        this.today = undefined;
      }
      this.trouble = undefined;
    } catch (error) {
      this.trouble = error as CallError;
    }
    this.revision += 1;
  }

  /** A look at the town that shows nothing unless something changed. In flight mode nothing is tried: `online` tells when it ends. */
  async refreshQuietly(): Promise<void> {
    if (navigator.onLine === false) return;
    if (this.town && Date.now() - this.#last > QUIET_PAUSE_MS) await this.refresh(false);
  }

  /** Fetches what is new. Never throws: how it went stands in `age`. */
  async refresh(asked = true): Promise<void> {
    if (asked) this.asked = true;
    if (this.syncing) return;
    this.syncing = true;
    this.#last = Date.now();
    try {
      this.#underway = sync((progress) => (this.progress = tally(this.progress, progress)));
      await this.#underway;
    } catch (error) {
      this.trouble = error as CallError;
    }
    this.syncing = false;
    this.asked = false;
    this.progress = nothing;
    await this.reload();
  }

  /** Waits for a sync that is under way, however it ends. */
  async settled(): Promise<void> {
    await this.#underway.catch(() => undefined);
  }

  /** Changes settings: shown at once, then stored. */
  async set(change: Partial<Settings>): Promise<void> {
    const next = { ...this.settings, ...change };
    await this.apply(next);
    await call('set_settings', next);
  }

  async apply(settings: Settings): Promise<void> {
    this.settings = settings;
    const root = document.documentElement;
    if (settings.theme === 'auto') delete root.dataset.theme;
    else root.dataset.theme = settings.theme;
    root.dataset.text = String(settings.text_size);
    await speak(settings.language);
  }

  /** Reads the counts again after a mark. */
  async recount(): Promise<void> {
    try {
      this.today = await call('today');
    } catch {
      // The next reload tells what is wrong.
    }
  }
}

export const app = new AppStore();
