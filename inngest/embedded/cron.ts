import type { Pool } from 'pg';
import { nextFire } from './config';
import { inTransaction } from './database';
import { insertEvent } from './events-store';
import { cronEvent, type Registry } from './registry';

/** Brings the table of next fires in line with the functions; a cron that stays keeps its next fire. */
export async function syncCrons(pool: Pool, registry: Registry): Promise<void> {
  const crons = registry.all().flatMap((fn) => fn.crons.map(({ cron }) => ({ fn: fn.id, cron })));
  await inTransaction(pool, async (db) => {
    const { rows } = await db.query<{ now: Date }>('select now() as now');
    const now = rows[0]?.now ?? new Date();
    await db.query(
      `delete from executor.cron c where not exists (
         select 1 from unnest($1::text[], $2::text[]) as x(fn_id, cron) where x.fn_id = c.fn_id and x.cron = c.cron)`,
      [crons.map((each) => each.fn), crons.map((each) => each.cron)],
    );
    for (const each of crons) {
      const next = nextFire(each.cron, now);
      if (!next) continue;
      // A next fire far behind the one that is next now was written by a clock that has gone back since.
      await db.query(
        `insert into executor.cron as c (fn_id, cron, next_at) values ($1, $2, $3)
         on conflict (fn_id, cron) do update set next_at = excluded.next_at
           where c.next_at > excluded.next_at + interval '5 minutes'`,
        [each.fn, each.cron, next],
      );
    }
  });
}

/**
 * Fires what is due: one event per tick, for the one function it belongs to. Ticks that were missed while nothing ran
 * are made up for by a single fire, because the next one is counted from now.
 */
export async function fireDueCrons(pool: Pool): Promise<number> {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<{ fn_id: string; cron: string; next_at: Date; now: Date }>(
      `select fn_id, cron, next_at, now() as now from executor.cron
       where next_at <= now() for update skip locked`,
    );
    for (const due of rows) {
      await insertEvent(db, cronEvent(due.cron, due.next_at, due.now), due.fn_id);
      const next = nextFire(due.cron, due.now);
      await db.query(
        next
          ? 'update executor.cron set next_at = $3 where fn_id = $1 and cron = $2'
          : 'delete from executor.cron where fn_id = $1 and cron = $2 and $3::timestamptz is null',
        [due.fn_id, due.cron, next],
      );
    }
    return rows.length;
  });
}

/** Milliseconds until the next fire; null when there is no cron. */
export async function nextCronIn(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>(
    'select (extract(epoch from min(next_at) - now()) * 1000)::float8 as ms from executor.cron',
  );
  return rows[0]?.ms ?? null;
}
