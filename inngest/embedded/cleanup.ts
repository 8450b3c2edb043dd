import type { Pool } from 'pg';

const BATCH = 2000;

const STATEMENTS = [
  `delete from executor.run where id in (
     select id from executor.run where ended_at < now() - interval '7 days' limit ${BATCH})`,
  `delete from executor.event where seq in (
     select seq from executor.event
     where received_at < now() - interval '7 days' and route_at is null limit ${BATCH})`,
  `delete from executor.once where key in (
     select key from executor.once where until < now() limit ${BATCH})`,
];

/** Removes ended runs with their steps, routed events and used-up keys after seven days; small bites, short locks. */
export async function cleanUp(pool: Pool): Promise<number> {
  let removed = 0;
  for (const statement of STATEMENTS) {
    for (;;) {
      const { rowCount } = await pool.query(statement);
      removed += rowCount ?? 0;
      if ((rowCount ?? 0) < BATCH) break;
    }
  }
  return removed;
}
