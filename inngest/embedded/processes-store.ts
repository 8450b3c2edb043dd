import { hostname } from 'node:os';
import type { Pool } from 'pg';
import type { FunctionConfig } from './config';
import { inTransaction } from './database';

/** Says that this executor is there; rows of others that said nothing for an hour go. */
export async function noteProcess(pool: Pool, owner: string): Promise<void> {
  await pool.query(
    `with old as (delete from executor.process where seen_at < now() - interval '1 hour' and owner <> $1)
     insert into executor.process (owner, host) values ($1, $2) on conflict (owner) do update set seen_at = now()`,
    [owner, hostname()],
  );
}

/** An executor that ends by itself leaves no row behind. */
export async function forgetProcess(pool: Pool, owner: string): Promise<void> {
  await pool.query('delete from executor.process where owner = $1', [owner]);
}

/** Writes down which functions the application announced, for those who look at the tables; they steer nothing. */
export async function keepFunctions(pool: Pool, functions: FunctionConfig[]): Promise<void> {
  await inTransaction(pool, async (db) => {
    const parts = functions.map((fn) => ({
      id: fn.id,
      name: fn.name,
      events: fn.events.map(({ event }) => event),
      crons: fn.crons.map(({ cron }) => cron),
      retries: fn.maxAttempts - 1,
    }));
    await db.query('delete from executor.function where id <> all($1::text[])', [parts.map((part) => part.id)]);
    await db.query(
      `insert into executor.function as f (id, name, events, crons, retries)
       select * from json_to_recordset($1::json) as x(id text, name text, events text[], crons text[], retries int)
       order by x.id
       on conflict (id) do update set name = excluded.name, events = excluded.events, crons = excluded.crons,
         retries = excluded.retries, seen_at = now()`,
      [JSON.stringify(parts)],
    );
  });
}
