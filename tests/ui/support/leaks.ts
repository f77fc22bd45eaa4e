import type { Page } from '@playwright/test';
import { messages } from './words.ts';

// Codes that have words for people, as the core gives them.
const codes = Object.keys(messages('ja')).flatMap((key) => [key, key.replace(/^(segment|hazard|kind|place|event|alert|settings|notices|state|age)\./, '')]);
const secret = new Set(codes.filter((code) => /[.-]/.test(code)));

/** What a reader must never see: names of messages, codes, gaps that were not filled, marks that were not read. */
export async function leaks(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  const tokens = text.split(/[\s、。（）()「」：・]+/).filter((token) => secret.has(token));
  const marks = text.match(/\bundefined\b|\bnull\b|\bNaN\b|\[object \w+\]|\{\w+\}|\[[^[\]\n|]+\|[ぁ-ん]+\]/g) ?? [];
  return [...new Set([...tokens, ...marks])];
}
