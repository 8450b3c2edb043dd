import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const sources = ['src', 'inngest', 'prisma', 'scripts', 'tests/setup'];
const within = (pattern: string) => sources.map((folder) => `${folder}/**/${pattern}`);

/** No process outside a test may leak into it, and a zone with odd minutes finds code that assumes whole hours. */
const env = {
  TZ: 'Asia/Kathmandu',
  HYBLE_MODE: 'test',
  HYBLE_TIME_LIMIT_SECONDS: '3',
  HYBLE_DATABASE_POOL: '5',
  NEXTAUTH_SECRET: 'a-secret-for-tests-and-nothing-else',
  LOG_LEVEL: 'silent',
};

const alias = {
  '@': path('./src'),
  '~inngest': path('./inngest'),
  'server-only': path('./tests/setup/empty.ts'),
};

export default defineConfig({
  resolve: { alias },
  test: {
    // As many files at a time as there are cores: most of them wait for panels and time limits more than they work.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'node',
          environment: 'node',
          include: within('*.test.ts'),
          exclude: within('*.db.test.ts'),
          env,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'db',
          environment: 'node',
          include: [...within('*.db.test.ts'), 'tests/faults/**/*.db.test.ts'],
          globalSetup: ['./tests/setup/database-server.ts'],
          setupFiles: ['./tests/setup/database.ts'],
          env,
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        plugins: [react()],
        resolve: { alias },
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: within('*.dom.test.tsx'),
          setupFiles: ['./tests/setup/dom.ts'],
          // A form that is typed into letter by letter takes seconds while everything else runs beside it.
          testTimeout: 20_000,
          env,
        },
      },
      {
        resolve: { alias },
        test: {
          // Whole running copies of the program, killed and cut off; they need a build and run one after another.
          name: 'faults',
          environment: 'node',
          include: ['tests/faults/**/*.test.ts'],
          exclude: ['tests/faults/**/*.db.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 200_000,
        },
      },
    ],
  },
});
