// Draws screens of the UI on the fake phone: `node scripts/shots.mjs DIR [name…]`; needs `npm run dev` running.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [dir = '/tmp/shots', ...only] = process.argv.slice(2);
const base = process.env.UI ?? 'http://127.0.0.1:5173/test/dev/';
const screens = {
  today: ['/', {}],
  'today-alert-3': ['/', { alert: 3 }],
  'today-alert-4': ['/', { alert: 4, age: 'offline' }],
  'today-alert-5': ['/', { alert: 5, hazard: 'landslide' }],
  'today-drill': ['/', { drill: true }],
  'today-empty': ['/', { empty: true }],
  'today-stale': ['/', { age: 'stale' }],
  'today-never': ['/', { age: 'never', empty: true }],
  'today-no-town': ['/', { town: false }],
  'today-slow': ['/', { slow: true }],
  alerts: ['/alerts', { alert: 4, drill: true }],
  notices: ['/notices', {}],
  'notices-one': ['/notices', { one: true, long: true }],
  'notices-search': ['/notices?q=zzz', {}],
  'notices-many': ['/notices', { many: true }],
  'notices-alert': ['/notices', { alert: 3 }],
  'notices-broken': ['/notices', { broken: true }],
  notice: ['/notices/n1', {}],
  'notice-long': ['/notices/n1', { long: true }],
  'notice-withdrawn': ['/notices/n6', {}],
  segments: ['/segments', {}],
  counter: ['/counter', {}],
  'counter-empty': ['/counter', { empty: true }],
  benefits: ['/benefits', {}],
  'benefits-results': ['/benefits', { household: 'open' }],
  'benefits-search': ['/benefits?q=zzz', { household: 'open' }],
  'benefits-lost': ['/benefits', { locked: 'key-lost' }],
  'benefits-broken': ['/benefits', { broken: true }],
  household: ['/benefits/household', { household: 'income' }],
  'household-new': ['/benefits/people/new', {}],
  'household-second': ['/benefits/people/new', { household: 'open' }],
  questions: ['/benefits/questions', { household: 'open' }],
  'questions-choice': ['/benefits/questions?fact=住まい&person=0', { household: 'open' }],
  'questions-town': ['/benefits/questions?fact=市区町村', { household: 'open' }],
  'questions-done': ['/benefits/questions', { household: 'income' }],
  benefit: ['/benefits/programs/児童手当', { household: 'open' }],
  'benefit-range': ['/benefits/programs/児童扶養手当', { household: 'open' }],
  'benefit-not': ['/benefits/programs/特別障害者手当', { household: 'open' }],
  'what-if': ['/benefits/what-if', { household: 'open' }],
  'what-if-income': ['/benefits/what-if?kind=income', { household: 'open' }],
  'what-if-move': ['/benefits/what-if?kind=move', { household: 'open' }],
  kept: ['/benefits/kept', { household: 'open' }],
  'counter-benefits': ['/counter', { household: 'income' }],
  'today-benefits': ['/', { household: 'open' }],
  events: ['/events', {}],
  event: ['/events/e3', {}],
  garbage: ['/garbage', {}],
  'garbage-area': ['/garbage/area', {}],
  places: ['/places', {}],
  'places-sites': ['/places?kind=emergency-site', { device: { position: true } }],
  place: ['/places/p0', {}],
  settings: ['/settings', { towns: 2 }],
  about: ['/settings/about', {}],
  welcome: ['/welcome', { town: false }],
  'welcome-link': ['/welcome?address=https://madoguchi.example.jp/992011/', { town: false }],
};
const looks = {
  light: { theme: 'light', text_size: 100 },
  dark: { theme: 'dark', text_size: 100 },
  200: { theme: 'light', text_size: 200 },
  easy: { theme: 'light', text_size: 100, language: 'ja-easy' },
  en: { theme: 'light', text_size: 100, language: 'en' },
};

mkdirSync(dir, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
for (const [name, [path, fake]] of Object.entries(screens)) {
  if (only.length > 0 && !only.includes(name)) continue;
  for (const [look, settings] of Object.entries(looks)) {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 1 });
    page.on('pageerror', (error) => console.log(name, look, error.message));
    page.on('console', (message) => message.type() === 'error' && console.log(name, look, message.text()));
    const words = encodeURIComponent(JSON.stringify({ ...fake, settings: { ...settings, ...fake.settings } }));
    await page.goto(`${base}?case=${words}#${path}`);
    await page.waitForTimeout(700);
    if (!name.includes('many') && !name.includes('alert-5')) {
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width: 390, height: Math.max(844, height) });
      await page.waitForTimeout(200);
    }
    await page.screenshot({ path: `${dir}/${name}-${look}.png` });
    await page.close();
  }
}
await browser.close();
