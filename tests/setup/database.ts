import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, inject } from 'vitest';

// A database of its own for each test file, copied from the migrated template, and known to the environment before the
// test file imports anything that opens a connection.
const server = inject('databaseServer');
const name = `w_${process.env.VITEST_POOL_ID ?? '0'}_${process.pid}_${Date.now().toString(36)}`;
const admin = new pg.Client({ connectionString: server });
await admin.connect();
await admin.query(`create database ${name} template template_panel`);

const url = new URL(server);
url.pathname = `/${name}`;
process.env.DATABASE_URL = url.href;
const folder = join(inject('dataFolders'), name);
mkdirSync(folder);
process.env.HYBLE_DATA_DIR = folder;
process.env.HYBLE_KEY_RING = join(folder, 'keys.json');

interface Disconnectable {
  $disconnect(): Promise<void>;
}

afterAll(async () => {
  // The client hangs on globalThis (see src/lib/db.ts); a test file that never used it has none.
  const shared = globalThis as { hybleDb?: Disconnectable };
  await shared.hybleDb?.$disconnect();
  shared.hybleDb = undefined;
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});
