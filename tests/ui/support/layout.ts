import type { Page } from '@playwright/test';

/** What sticks out of the page sideways, or lies hidden under its edge: one line each. */
export function outside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const found: string[] = [];
    const say = (element: Element, what: string) => found.push(`${what}: <${element.localName} class="${element.getAttribute('class') ?? ''}"> ${(element.textContent ?? '').trim().slice(0, 40)}`);
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide in ${root.clientWidth}`);
    // What scrolls sideways in a box of its own, is cut on purpose or is read only by screen readers does not count.
    const held = (element: Element | null): boolean => {
      for (let at = element; at && at !== root; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.overflowX === 'auto' || style.overflowX === 'scroll' || at.classList.contains('vh') || at.closest('svg')) return true;
      }
      return false;
    };
    for (const element of document.body.querySelectorAll('*')) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || held(element)) continue;
      if (box.right > root.clientWidth + 1 || box.left < -1) say(element, `from ${Math.round(box.left)} to ${Math.round(box.right)} px`);
      const style = getComputedStyle(element);
      const cuts = style.overflowX === 'hidden' || style.overflowX === 'clip';
      // What one types scrolls in its field.
      if (cuts && element.localName !== 'input' && element.scrollWidth > element.clientWidth + 1) say(element, `cut at ${element.clientWidth} of ${element.scrollWidth} px`);
    }
    return found;
  });
}
