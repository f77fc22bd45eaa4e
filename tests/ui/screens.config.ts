import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

/** Draws the screens instead of testing them; see screens.mjs. */
export default defineConfig({ ...tests, testMatch: 'screens.ts', use: { ...tests.use, deviceScaleFactor: 2 } });
