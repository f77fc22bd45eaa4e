import { defineConfig } from '@playwright/test';
import { chromium } from './support/paths.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  fullyParallel: true,
  forbidOnly: true,
  // Where changes land the machine is shared and may stand still for seconds: a second try, counted as such at the end.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  timeout: 150_000,
  expect: { timeout: 25_000 },
  globalSetup: './support/setup.ts',
  reporter: './support/reporter.ts',
  use: {
    trace: 'off',
    screenshot: 'off',
    video: 'off',
    viewport: { width: 390, height: 844 },
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: chromium,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
    },
  },
});
