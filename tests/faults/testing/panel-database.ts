import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { readPostmaster } from '../../../scripts/postgres/postmaster.mjs';
import { DATABASE_USER } from '../../../scripts/postgres.mjs';

/** The embedded database of a running installation, found as an operator would find it: by its data folder. */
export function databaseUrl(folder: string): string {
  const note = join(folder, 'database-folder');
  const parent = existsSync(note) ? readFileSync(note, 'utf8').trim() : folder;
  const port = readPostmaster(join(parent, 'pg'))?.port;
  if (!port) throw new Error(`No database runs on ${parent}`);
  const { databasePassword } = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'));
  return `postgresql://${DATABASE_USER}:${encodeURIComponent(databasePassword)}@127.0.0.1:${port}/hyble`;
}

/** One statement on a connection of its own: the server behind it may be killed and started again at any time. */
export async function askDatabase<Row extends pg.QueryResultRow>(
  folder: string,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl(folder) });
  client.on('error', () => {}); // a cut connection also rejects the query below
  await client.connect();
  try {
    return (await client.query<Row>(statement, values)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}
