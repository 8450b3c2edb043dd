// `npm run keys:rotate`: seals all stored secrets with a new key, beside a running panel or a stopped one.
//   node scripts/rotate-keys.mjs [--forget-old]
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isReady, readPostmaster } from './postgres/postmaster.mjs';
import { DATABASE_USER, startPostgres } from './postgres.mjs';
import { root } from './steps.mjs';
import { takeLock } from './supervisor/lock.mjs';

const folder = resolve(process.env.HYBLE_DATA_DIR || './data');
const bundle = join(root, 'build', 'rotate-keys.mjs');

function fail(words) {
  console.error(words);
  process.exit(1);
}

/** The address of the embedded database, and how to let go of it. Started for the while when the panel is stopped. */
async function embedded() {
  const file = join(folder, 'secrets.json');
  if (!existsSync(file)) fail(`${folder} holds no installation. Set HYBLE_DATA_DIR to its data folder.`);
  const { databasePassword } = JSON.parse(readFileSync(file, 'utf8'));
  const note = join(folder, 'database-folder');
  const dir = join(existsSync(note) ? readFileSync(note, 'utf8').trim() : folder, 'pg');
  const port = readPostmaster(dir)?.port;
  if (port && isReady(dir, port)) {
    const url = `postgresql://${DATABASE_USER}:${encodeURIComponent(databasePassword)}@127.0.0.1:${port}/hyble`;
    return { url, letGo: async () => {} };
  }
  const release = await takeLock(folder);
  const server = await startPostgres({ folder, password: databasePassword, log: console.log });
  const letGo = async () => {
    await server.stop();
    await release();
  };
  return { url: server.url('hyble'), letGo };
}

if (!existsSync(bundle)) fail('The program is not built yet. Run npm run build first.');
const own = process.env.DATABASE_URL;
const { url, letGo } = own ? { url: own, letGo: async () => {} } : await embedded();
const { status } = spawnSync(process.execPath, ['--enable-source-maps', bundle, ...process.argv.slice(2)], {
  cwd: root,
  // The rest of what the program asks of its environment is not used here.
  env: {
    ...process.env,
    DATABASE_URL: url,
    HYBLE_DATA_DIR: folder,
    NEXTAUTH_SECRET: '-'.repeat(32),
    LOG_LEVEL: 'error',
  },
  stdio: 'inherit',
});
await letGo();
process.exit(status ?? 1);
