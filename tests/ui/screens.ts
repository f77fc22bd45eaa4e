import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { inOtherLanguages, look, show, showIn, takeBack, type Look } from './support/show.ts';
import { states, type State } from './support/states.ts';
import { build, worldNames } from './support/worlds.ts';

test.describe.configure({ timeout: 300_000 });

const out = process.env.MADOGUCHI_SCREENS ?? '';
const long = process.env.MADOGUCHI_SCREENS_LONG === '1';
/** Those that are drawn with the largest text as well. */
const large = ['today-day', 'today-benefit-news', 'today-alert-4', 'today-alert-5', 'notices-list', 'notice-plain', 'counter-day', 'map-answer', 'hazard-card', 'timeline-draft', 'places-sites', 'garbage-calendar', 'settings-day', 'welcome-first', 'benefits-results', 'benefits-of-town', 'town-programs-list', 'town-program-perhaps'];

const plain: Look[] = [{ theme: 'light', size: 100 }, { theme: 'dark', size: 100 }];

/** Waits until a map has come to rest: its tiles come one by one. */
async function still(page: Page): Promise<void> {
  if ((await page.locator('canvas').count()) === 0) return;
  let [before, changed] = ['', false];
  for (let turn = 0; turn < 30; turn += 1) {
    await page.waitForTimeout(500);
    const now = (await page.screenshot({ animations: 'disabled' })).toString('base64');
    // One that was drawn before does not change any more.
    if (now === before && (changed || turn > 8)) return;
    changed ||= before !== '' && now !== before;
    before = now;
  }
}

async function draw(page: Page, name: string, state: State, way: Look): Promise<void> {
  name += `${way.size === 200 ? '-200' : ''}-${way.theme}`;
  await look(page, way, 390, true);
  await page.evaluate(async () => {
    if (document.querySelector('dialog[open]') === null) (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
    await document.fonts.ready;
  });
  await still(page);
  await page.screenshot({ path: join(out, `${name}.png`), animations: 'disabled' });
  if (!long || state.endless) return;
  await look(page, way, 390);
  await page.screenshot({ path: join(out, `${name}-long.png`), animations: 'disabled' });
}

for (const name of worldNames) {
  const own = states.filter((state) => state.world === name);
  test(name, async ({ mihon, joined, page, watch }) => {
    const world = await build(name, { mihon, joined });
    for (const state of own) {
      if (state.refused) watch.expectStatus(...state.refused);
      const ways = [...plain];
      if (large.includes(state.name)) ways.push({ theme: 'light', size: 200 }, { theme: 'dark', size: 200 });
      try {
        await show(page, world, state);
      } catch (error) {
        await writeFile(join(out, `${state.name}.txt`), `is not shown: ${(error as Error).message}`);
      }
      for (const way of ways) await draw(page, state.name, state, way);
      await takeBack(page, world, state);
    }
    // In English too, where words are many: what was said for one language must find its place in another.
    await world.phone.call('set_settings', { language: 'en' });
    for (const state of own.filter(inOtherLanguages)) {
      await showIn(page, world, state, 'en');
      for (const way of plain) await draw(page, `${state.name}-en`, state, way);
    }
    await page.goto('about:blank');
    await world.close();
  });
}
