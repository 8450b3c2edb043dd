import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { ensureDatabase, startPostgres } from '../../scripts/postgres.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the server's `postgres` database. */
    databaseServer: string;
    /** Where test files keep their data folders; removed at the end of the run. */
    dataFolders: string;
  }
}

/** The migrated database every test file gets a copy of. */
const TEMPLATE = 'template_panel';

/** One database server for the whole run. It may lose everything in a power cut: what it holds ends with the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'hyble-test-'));
  const server = await startPostgres({
    folder,
    password: randomBytes(12).toString('hex'),
    durable: false,
    maxConnections: 200,
  });
  await ensureDatabase(server.url('postgres'), TEMPLATE);
  migrate(server.url(TEMPLATE));
  project.provide('databaseServer', server.url('postgres'));
  const dataFolders = mkdtempSync(join(tmpdir(), 'hyble-test-data-'));
  project.provide('dataFolders', dataFolders);
  return async () => {
    await server.stop();
    for (const path of [folder, dataFolders]) rmSync(path, { recursive: true, force: true });
  };
}

function migrate(url: string): void {
  const script = fileURLToPath(new URL('../../scripts/migrate.mjs', import.meta.url));
  execFileSync(process.execPath, [script], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
