import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { look, show, takeBack, type Look } from './support/show.ts';
import { states, type State } from './support/states.ts';
import { build, worldNames } from './support/worlds.ts';

test.describe.configure({ timeout: 300_000 });

const out = process.env.MADOGUCHI_SCREENS ?? '';
const long = process.env.MADOGUCHI_SCREENS_LONG === '1';
/** Those that are drawn with the largest text as well. */
const large = ['today-day', 'today-benefit-news', 'today-alert-4', 'today-alert-5', 'notices-list', 'notice-plain', 'counter-day', 'map-answer', 'hazard-card', 'timeline-draft', 'places-sites', 'garbage-calendar', 'settings-day', 'welcome-first', 'benefits-results', 'benefits-of-town', 'town-programs-list', 'town-program-perhaps'];

async function draw(page: Page, state: State, way: Look): Promise<void> {
  const name = `${state.name}${way.size === 200 ? '-200' : ''}-${way.theme}`;
  await look(page, way, 390, true);
  await page.evaluate(async () => {
    if (document.querySelector('dialog[open]') === null) (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
    await document.fonts.ready;
  });
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
      const ways: Look[] = [{ theme: 'light', size: 100 }, { theme: 'dark', size: 100 }];
      if (large.includes(state.name)) ways.push({ theme: 'light', size: 200 }, { theme: 'dark', size: 200 });
      try {
        await show(page, world, state);
      } catch (error) {
        await writeFile(join(out, `${state.name}.txt`), `is not shown: ${(error as Error).message}`);
      }
      for (const way of ways) await draw(page, state, way);
      await takeBack(page, world, state);
    }
    await page.goto('about:blank');
    await world.close();
  });
}
