import type { Page } from '@playwright/test';
import { paleness, violations } from './support/axe.ts';
import { expect, test, Watch } from './support/fixtures.ts';
import { outside } from './support/layout.ts';
import { leaks } from './support/leaks.ts';
import { inOtherLanguages, look, show, showIn, takeBack } from './support/show.ts';
import { states, type State } from './support/states.ts';
import { build, worldNames, type World } from './support/worlds.ts';

test.describe.configure({ timeout: 180_000 });

test('what axe and the ruler look for, they find', async ({ app, page }) => {
  await app.open('/settings');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.evaluate(() => {
    const main = document.querySelector('main') as HTMLElement;
    main.insertAdjacentHTML('beforeend', '<p id="pale">あわい</p><img id="mute" src="./icon.svg"><p id="wide">はみ出す</p><p>living.garbage {n} [漢字|かんじ]</p>');
    main.insertAdjacentHTML('beforeend', '<div><button id="small">あ</button><button id="beside">い</button></div>');
    const style = (id: string, css: string) => ((document.querySelector(id) as HTMLElement).style.cssText = css);
    style('#pale', 'color:#ddd');
    style('#wide', 'width:900px');
    for (const id of ['#small', '#beside']) style(id, 'display:block;width:9px;height:9px;padding:0;margin:0');
  });
  const found = await violations(page);
  for (const fault of ['color-contrast: #pale', 'image-alt: #mute', 'target-size: #small']) {
    expect(found.filter((line) => line.startsWith(fault)), `${fault} in\n${found.join('\n')}`).toHaveLength(1);
  }
  expect(await paleness(page)).toHaveLength(1);
  expect(await leaks(page)).toEqual(['living.garbage', '{n}', '[漢字|かんじ]']);
  expect((await outside(page)).filter((line) => line.includes('はみ出す'))).not.toEqual([]);
});

test('what the watch of every page looks for, it finds', async ({ app, context }) => {
  const page = await context.newPage();
  const watch = new Watch(page);
  await page.goto(await app.phone.serve());
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(watch.troubles).toEqual([]);
  await page.evaluate(() => {
    console.error('a mistake');
    setTimeout(() => {
      throw new Error('a throw');
    });
    document.body.insertAdjacentHTML('beforeend', '<img alt="" src="http://127.0.0.1:9/elsewhere.png"><p style="color:red">styled</p>');
  });
  for (const trouble of [/console: a mistake/, /exception: a throw/, /request to elsewhere: .*elsewhere\.png/, /console: .*Content Security Policy.*style/]) {
    await expect.poll(() => watch.troubles.filter((line) => trouble.test(line)).length, String(trouble)).toBeGreaterThan(0);
  }
  await page.close();
});

/** Looks at the page as it stands: all rules in the light and in the dark with the largest text, the colours between, and the edges. */
async function faults(page: Page, state: State): Promise<string[]> {
  const found: string[] = [];
  const say = (how: string, lines: string[]) => found.push(...lines.map((line) => `${state.name} ${how}: ${line}`));
  await look(page, { theme: 'light', size: 100 }, 390, state.endless);
  say('light', await violations(page));
  say('words', await leaks(page));
  await look(page, { theme: 'dark', size: 100 }, 390, state.endless);
  say('dark', await paleness(page));
  await look(page, { theme: 'dark', size: 100 }, 320, state.endless);
  say('320 px', await outside(page));
  await look(page, { theme: 'dark', size: 200 }, 320, state.endless);
  say('320 px at 200 %', await outside(page));
  await look(page, { theme: 'dark', size: 200 }, 390, state.endless);
  say('dark at 200 %', await violations(page));
  return found;
}

/** So many at a time, so that no worker is left with all. */
function parts<T>(all: T[], most = 8): T[][] {
  const count = Math.ceil(all.length / most);
  return Array.from({ length: count }, (_, i) => all.filter((_, at) => at % count === i));
}

for (const name of worldNames) {
  parts(states.filter((state) => state.world === name)).forEach((some, part) => {
    test(`${name} ${part + 1}: ${some.map((state) => state.name).join(', ')}`, async ({ mihon, joined, page, watch }) => {
      const world = await build(name, { mihon, joined });
      const found: string[] = [];
      let before: State | undefined;
      for (const state of some) {
        if (state.refused) watch.expectStatus(...state.refused);
        try {
          await show(page, world, state, before);
          before = state;
        } catch (error) {
          found.push(`${state.name} is not shown: ${(error as Error).message}`);
        }
        found.push(...(await faults(page, state)));
        await takeBack(page, world, state);
      }
      await end(page, world, found);
    });
  });
}

for (const language of ['ja-easy', 'en'] as const) {
  for (const name of worldNames) {
    parts(states.filter((state) => state.world === name && inOtherLanguages(state))).forEach((some, part) => {
      test(`${language}, ${name} ${part + 1}: ${some.map((state) => state.name).join(', ')}`, async ({ mihon, joined, page, watch }) => {
        const world = await build(name, { mihon, joined });
        await world.phone.call('set_settings', { language });
        const found: string[] = [];
        for (const state of some) {
          if (state.refused) watch.expectStatus(...state.refused);
          await showIn(page, world, state, language);
          found.push(...(await leaks(page)).map((code) => `${state.name}: ${code}`));
          for (const size of [100, 200] as const) {
            await look(page, { theme: 'light', size }, 320, state.endless);
            found.push(...(await outside(page)).map((line) => `${state.name} 320 px at ${size} %: ${line}`));
          }
          found.push(...(await violations(page)).map((line) => `${state.name} at 200 %: ${line}`));
        }
        await end(page, world, found);
      });
    });
  }
}

async function end(page: Page, world: World, found: string[]): Promise<void> {
  await page.goto('about:blank');
  await world.close();
  expect(found.join('\n')).toBe('');
}
