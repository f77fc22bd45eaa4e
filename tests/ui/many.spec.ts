import type { Page } from '@playwright/test';
import { App, expect, test } from './support/fixtures.ts';
import { outside } from './support/layout.ts';
import { say } from './support/words.ts';
import { build } from './support/worlds.ts';

const rows = (page: Page) => page.locator('main [data-index]');

test('5,000 notices: few rows exist, the end is reached, search answers', async ({ page, mihon, joined }) => {
  const world = await build('many', { mihon, joined });
  const app = new App(page, world.phone);
  await app.open('/notices');
  await expect(page.getByRole('link', { name: /お知らせの 5000 番/ })).toBeVisible();
  expect(await rows(page).count()).toBeLessThan(60);
  await elementsAreReused(page);
  const end = page.getByText(say('notices.end'));
  let most = 0;
  await expect
    .poll(
      async () => {
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        most = Math.max(most, await rows(page).count());
        return (await end.count()) > 0 && (await page.getByRole('link', { name: /お知らせの 1 番/ }).count()) > 0;
      },
      { timeout: 30_000, intervals: [50] },
    )
    .toBe(true);
  await expect(page.getByRole('link', { name: /お知らせの 1 番/ })).toBeVisible();
  expect(most, 'rows that exist at once').toBeLessThan(80);
  // No row lies over another, none is missing between.
  const boxes = await rows(page).evaluateAll((all) => all.map((row) => row.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })).sort((a, b) => a.top - b.top));
  boxes.slice(1).forEach((box, i) => expect(Math.abs(box.top - (boxes[i]?.bottom ?? 0))).toBeLessThanOrEqual(2));
  expect(await outside(page)).toEqual([]);

  await page.evaluate(() => scrollTo(0, 0));
  await page.getByRole('searchbox').fill('2718 番');
  await expect(page.getByRole('link', { name: /お知らせの 2718 番/ })).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('link', { name: /お知らせの 2718 番/ }).click();
  await expect(page.getByText('本文の 2718 番です')).toBeVisible();
  await page.goto('about:blank');
  await world.close();
});

/** Rows that come take the elements of those that went, and a row that has the focus keeps its own. */
async function elementsAreReused(page: Page): Promise<void> {
  const kept = page.getByRole('link', { name: /お知らせの 4998 番/ });
  await kept.focus();
  for (const y of [1500, 3000, 4500]) {
    await page.evaluate((y) => scrollTo(0, y), y);
    // The rows below the view are there too.
    await expect.poll(() => rows(page).evaluateAll((all) => all.some((row) => row.getBoundingClientRect().top > innerHeight + 500))).toBe(true);
    const fresh = await rows(page).evaluateAll((all) => all.filter((row) => !('known' in row) && Object.assign(row, { known: true })).length);
    // At the top of the list nothing is above the view: elsewhere more rows stand around it.
    if (y > 3000) expect(fresh, 'elements made anew').toBeLessThan(4);
    await expect(kept).toBeFocused();
  }
  await page.evaluate(() => scrollTo(0, 0));
  await expect(kept).toBeInViewport();
  await expect(kept).toBeFocused();
  // From here on no row stands far from the others.
  await kept.blur();
}

test('one, and none', async ({ page, mihon, joined }) => {
  const one = await build('one', { mihon, joined });
  const app = new App(page, one.phone);
  await app.open('/notices');
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText(say('notices.end'))).toBeVisible();
  // A choice of one kind is none.
  await expect(page.getByRole('group', { name: say('notices.filter') })).toHaveCount(0);
  await page.goto('about:blank');
  await one.close();
  const none = await build('empty', { mihon, joined });
  const empty = new App(page, none.phone);
  await empty.open('/notices');
  await expect(page.getByText(say('notices.empty.title'))).toBeVisible();
  // No screen of such a town is without a sentence.
  for (const path of ['/', '/counter', '/places', '/events', '/garbage', '/garbage/area', '/alerts', '/segments', '/notices/hidden']) {
    await empty.go(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('.loading')).toHaveCount(0);
    await expect.poll(async () => (await page.locator('main').innerText()).trim().length, path).toBeGreaterThan(10);
  }
  await page.goto('about:blank');
  await none.close();
});

test('very long titles and words without a break stay on the page', async ({ page, mihon, joined }) => {
  const world = await build('long', { mihon, joined });
  const app = new App(page, world.phone);
  const found: string[] = [];
  await app.open('/');
  const place = (await world.phone.call('places', { limit: 10 })).rows.map((row) => `/places/${encodeURIComponent(row.id)}`);
  expect(place).toHaveLength(2);
  for (const size of ['100', '200']) {
    for (const path of ['/', '/notices', '/notices/long', '/places', `/places?kind=${encodeURIComponent((await world.phone.call('kinds', {}))[0]?.kind ?? '')}`, ...place]) {
      await app.go(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('.loading')).toHaveCount(0);
      await page.evaluate((text) => (document.documentElement.dataset.text = text), size);
      await page.setViewportSize({ width: 320, height: 700 });
      found.push(...(await outside(page)).map((line) => `${path} ${size}: ${line}`));
    }
  }
  expect(found).toEqual([]);
  await page.goto('about:blank');
  await world.close();
});
