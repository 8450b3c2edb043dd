// `npm run build`: database client, bundles for the processes beside the web, web.
//   node scripts/build.mjs [--force]
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { isBuilt, sourceDigest, writeStamp } from './build-stamp.mjs';
import { BUNDLED } from './bundled.mjs';
import { root, runSteps } from './steps.mjs';

const BUNDLES = {
  executor: 'inngest/embedded/main.ts',
  simulators: 'scripts/demo/simulators.ts',
  'mail-catcher': 'scripts/demo/mail-catcher.ts',
  seed: 'prisma/seed.ts',
  'rotate-keys': 'scripts/rotate-keys/main.ts',
};

if (!process.argv.includes('--force') && isBuilt()) {
  console.log('The build is up to date.');
  process.exit(0);
}

const started = Date.now();
const digest = sourceDigest();
rmSync(join(root, '.next', 'build-stamp'), { force: true });
const node = process.execPath;
if (!runSteps([{ name: 'database client', command: [node, 'scripts/generate.mjs', '--quiet'] }])) process.exit(1);
await bundle();
const web = {
  name: 'web (the longest part, about half a minute)',
  command: ['next', 'build'],
  env: { NODE_ENV: 'production' },
};
if (!runSteps([web])) process.exit(1);
writeStamp(digest);
console.log(`\nBuilt in ${((Date.now() - started) / 1000).toFixed(0)} s.`);

async function bundle() {
  console.log('\n> processes beside the web');
  const entries = Object.entries(BUNDLES).filter(([, path]) => existsSync(join(root, path)));
  await build({ ...BUNDLED, entryPoints: Object.fromEntries(entries), outdir: 'build', sourcemap: true });
  console.log(`ok: ${entries.map(([name]) => name).join(', ')}`);
}
