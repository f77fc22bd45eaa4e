import { expect, type Locator, type Page } from '@playwright/test';

/** What is wrong with how the focus is seen: no ring, or all of it under something else. */
export function unseen(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const focus = document.activeElement;
    if (!focus || focus === document.body || focus.matches('h1')) return undefined;
    const name = `${focus.localName} ${focus.getAttribute('aria-label') ?? focus.textContent?.trim().slice(0, 30) ?? ''}`;
    const ringed = (element: Element, pseudo?: string) => {
      const style = getComputedStyle(element, pseudo);
      return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow.includes('0px 0px 0px');
    };
    // The ring of a field that lies invisibly over its face is drawn by the face, that of a row by the whole row.
    const face = focus.nextElementSibling;
    if (![ringed(focus), ringed(focus, '::after'), face?.classList.contains('face') && ringed(face)].some(Boolean)) return `no ring: ${name}`;
    const whole = focus.closest('label, .row, .card:has(a.cover)') ?? focus;
    const { left, right, top, bottom } = whole.getBoundingClientRect();
    const within = (value: number, most: number) => Math.min(Math.max(value, 1), most - 1);
    const points = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [within(left + (right - left) * x, innerWidth), within(top + (bottom - top) * y, innerHeight)] as const));
    const hit = points.some(([x, y]) => {
      const at = document.elementFromPoint(x, y);
      return at !== null && whole.contains(at);
    });
    return hit ? undefined : `hidden: ${name}`;
  });
}

/** Presses Tab until the focus is there; on the way each stop must be seen. */
export async function tabTo(page: Page, there: Locator, most = 60): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    expect(await unseen(page)).toBeUndefined();
    // A row that is not near does not exist yet.
    if ((await there.count()) > 0 && (await there.evaluate((element) => element === document.activeElement))) return;
  }
  throw new Error(`not reached by Tab: ${there}`);
}

/** Presses Tab through a whole screen; what is wrong with its stops, and how many there were. */
export async function walk(page: Page, most = 40): Promise<{ stops: number; wrong: string[] }> {
  const wrong: string[] = [];
  let stops = 0;
  for (; stops < most; stops += 1) {
    await page.keyboard.press('Tab');
    const again = await page.evaluate(() => {
      const focus = document.activeElement as HTMLElement | null;
      if (!focus || focus === document.body || focus.dataset.walked) return true;
      focus.dataset.walked = 'yes';
      return false;
    });
    if (again) break;
    const problem = await unseen(page);
    if (problem) wrong.push(problem);
  }
  return { stops, wrong };
}
