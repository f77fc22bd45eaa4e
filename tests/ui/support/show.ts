import { expect, type Page } from '@playwright/test';
import type { State } from './states.ts';
import { saying, type Language } from './words.ts';
import type { World } from './worlds.ts';

/** A way of looking at a screen. */
export interface Look {
  theme: 'light' | 'dark';
  size: 100 | 200;
}
export const looks: Look[] = (['light', 'dark'] as const).flatMap((theme) => ([100, 200] as const).map((size) => ({ theme, size })));

const WIDTH = 390;
const HEIGHT = 844;

/** Opens a state on a page: within the app that shows the state `before`, where nothing was done there, else anew. */
export async function show(page: Page, world: World, state: State, before?: State): Promise<void> {
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
  if (before && !before.act && before.path !== state.path) {
    await page.evaluate((hash) => (location.hash = hash), `#${state.path}`);
    // The screen before is gone.
    await expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash))).toBe(`#${decodeURIComponent(state.path)}`);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  } else {
    await page.goto('about:blank');
    await page.goto(`${await world.phone.serve()}#${state.path}`);
  }
  await expect(page.locator('main').first()).toBeVisible();
  await state.act?.(page, world);
  const sought = typeof state.shows === 'string' ? saying(state.shows) : state.shows;
  await expect(page.locator('body')).toContainText(sought);
  await expect(page.locator('.loading')).toHaveCount(0);
}

/** Whether a state is looked at in the other languages: what brings it about must need no words. */
export const inOtherLanguages = (state: State): boolean => state.spoken === 'acting' || (state.spoken === true && !state.act);

/** Opens a state in another language, where its words cannot be known by those of the first. */
export async function showIn(page: Page, world: World, state: State, language: Language): Promise<void> {
  await page.goto('about:blank');
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
  await page.goto(`${await world.phone.serve()}#${state.path}`);
  await expect(page.locator('main').first()).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', language === 'en' ? 'en' : 'ja');
  if (state.spoken === 'acting') await state.act?.(page, world);
  await expect(page.locator('.loading')).toHaveCount(0);
}

/** Looks at the page in this theme and size, as the settings would show it. */
export async function look(page: Page, { theme, size }: Look, width = WIDTH, endless = false): Promise<void> {
  await page.evaluate(
    ([theme, size]) => {
      document.documentElement.dataset.theme = theme;
      document.documentElement.dataset.text = size;
    },
    [theme, String(size)] as const,
  );
  await page.setViewportSize({ width, height: HEIGHT });
  if (endless) return clearOfBar(page);
  // As high as the page: what stands below the edge is looked at too, and no bar lies on top of it.
  // A list measures its rows once they exist, and may grow by that.
  for (let turn = 0; turn < 8; turn += 1) {
    const height = await page.evaluate(() => new Promise<number>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(document.documentElement.scrollHeight)))));
    if (height <= (page.viewportSize()?.height ?? 0)) break;
    await page.setViewportSize({ width, height });
  }
}

/** Scrolls a page without an end until the edge of the bar at its foot cuts no target in two: that much a reader scrolls anyway. */
async function clearOfBar(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    scrollTo(0, 0);
    await drawn();
    for (let turn = 0; turn < 8; turn += 1) {
      const bar = document.querySelector('.tabbar')?.getBoundingClientRect().top ?? innerHeight;
      const targets = [...document.querySelectorAll('main a, main button')].map((target) => target.getBoundingClientRect());
      const cut = targets.filter((box) => box.top < bar && box.bottom > bar).map((box) => box.bottom - bar);
      if (!cut.length) break;
      scrollBy(0, Math.ceil(Math.max(...cut)));
      await drawn();
    }
  });
}

/** Takes back what a state did to its world; the page is left before. */
export async function takeBack(page: Page, world: World, state: State): Promise<void> {
  if (!state.undo) return;
  await page.goto('about:blank');
  await state.undo(world);
}
