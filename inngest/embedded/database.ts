import pg, { type Pool, type PoolClient } from 'pg';
import { type ExecutorLog, reasonOf } from './settings';

/** What both a pool and a connection inside a transaction can do. */
export type Db = Pick<PoolClient, 'query'>;

export function createPool(databaseUrl: string, max: number, log: ExecutorLog): Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max,
    application_name: 'hyble-executor',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
  });
  // Without a listener an idle connection that the server cuts would end the process.
  pool.on('error', (error) =>
    log.warn('An idle database connection was cut; a new one is opened when needed.', { reason: reasonOf(error) }),
  );
  return pool;
}

/** Runs `work` in one transaction. A connection that failed in any way is not used again. */
export async function inTransaction<T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Between two queries of ours nobody listens for a cut connection.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
