import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Old Android WebViews and WebKitGTK 2.36 are still on people's phones and desks.
const target = ['es2020', 'chrome87', 'safari14'];

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [svelte()],
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  build: {
    target,
    cssTarget: target,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    // The map's engine is fetched by the map's screen alone.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  test: { environment: 'happy-dom', include: ['test/**/*.test.ts'], testTimeout: 30_000 },
}));
