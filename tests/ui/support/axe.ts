import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function found(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.setLegacyMode(true).analyze();
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.any[0]?.message ?? node.failureSummary ?? rule.help}`));
}

/** What axe finds wrong with the page as it stands, one line each. No rule is switched off. */
export function violations(page: Page): Promise<string[]> {
  return found(new AxeBuilder({ page }).options({ resultTypes: ['violations'], runOnly: TAGS }));
}

/** The same for the colours alone, where nothing but the colours changed since. */
export function paleness(page: Page): Promise<string[]> {
  return found(new AxeBuilder({ page }).options({ resultTypes: ['violations'], runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }));
}
