import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function found(page: Page, options: Parameters<AxeBuilder['options']>[0]): Promise<string[]> {
  // A page into which axe was brought once keeps it.
  const there = await page.evaluate(() => 'axe' in window);
  const axe = new AxeBuilder(there ? { page, axeSource: ';' } : { page });
  const { violations } = await axe.options({ ...options, resultTypes: ['violations'] }).setLegacyMode(true).analyze();
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.any[0]?.message ?? node.failureSummary ?? rule.help}`));
}

/** What axe finds wrong with the page as it stands, one line each. No rule is switched off. */
export function violations(page: Page): Promise<string[]> {
  return found(page, { runOnly: TAGS });
}

/** The same for the colours alone, where nothing but the colours changed since. */
export function paleness(page: Page): Promise<string[]> {
  return found(page, { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } });
}
