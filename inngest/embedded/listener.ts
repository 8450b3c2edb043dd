import pg from 'pg';
import { WAKE_CHANNEL } from './events-store';
import { LOCKS } from './schema';
import { type ExecutorLog, reasonOf } from './settings';

export interface Listener {
  stop(): Promise<void>;
}

export interface ListenerOptions {
  databaseUrl: string;
  log: ExecutorLog;
  onWake(): void;
  /** We are the only executor on this database: whatever others had claimed, they are gone. */
  onLeader(): void;
}

const LOCK_RETRY_MS = 2000;
const RECONNECT_MS = 500;

/**
 * One connection of its own, for two things: notifications, and a lock that lives as long as the connection. Who gets
 * the lock knows that no other executor is alive, because the database drops it together with a dead process.
 */
export function startListener({ databaseUrl, log, onWake, onLeader }: ListenerOptions): Listener {
  let stopped = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let warned = false;

  function later(work: () => Promise<void>, ms: number): void {
    if (stopped) return;
    timer = setTimeout(() => void work(), ms);
  }

  async function lead(connection: pg.Client): Promise<void> {
    try {
      const { rows } = await connection.query<{ ok: boolean }>('select pg_try_advisory_lock($1) as ok', [LOCKS.leader]);
      if (rows[0]?.ok) return onLeader();
      if (!warned) log.warn('Another executor uses this database. If it does not go away, stop one of the two.');
      warned = true;
      later(() => lead(connection), LOCK_RETRY_MS);
    } catch {
      // The connection is gone; its 'end' reconnects.
    }
  }

  async function connect(): Promise<void> {
    const connection = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'hyble-executor',
      keepAlive: true,
    });
    let gone = false;
    const reconnect = (reason: string): void => {
      if (gone) return;
      gone = true;
      if (!stopped) log.warn('The connection for notifications was cut; it is opened again.', { reason });
      later(connect, RECONNECT_MS);
    };
    client = connection;
    connection.on('error', (error) => reconnect(reasonOf(error)));
    connection.on('end', () => reconnect('closed'));
    connection.on('notification', onWake);
    try {
      await connection.connect();
      await connection.query(`listen ${WAKE_CHANNEL}`);
      onWake();
      await lead(connection);
    } catch (error) {
      reconnect(reasonOf(error));
      await connection.end().catch(() => undefined);
    }
  }

  void connect();
  return {
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
