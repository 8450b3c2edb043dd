import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const candidates = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];

/** Stories that change nothing. */
const LOOKS = '**/every-page.spec.ts';

export default defineConfig({
  testDir: './tests/e2e',
  globalSetup: './tests/setup/story-server.ts',
  outputDir: './test-results',
  // All stories share one panel: in turn, so that a count in one is not changed by another. What only looks at pages
  // goes on beside them.
  workers: 2,
  fullyParallel: false,
  projects: [
    { name: 'pages', testMatch: LOOKS, workers: 1 },
    { name: 'stories', testMatch: '**/*.spec.ts', testIgnore: LOOKS, workers: 1 },
  ],
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    locale: 'en-GB',
    timezoneId: 'Asia/Kathmandu',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: candidates.find((path) => path && existsSync(path)),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
