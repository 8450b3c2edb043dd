import pg from 'pg';
import { HANDED_BACK, WAKE_CHANNEL } from './events-store';
import { LOCKS } from './schema';
import { type ExecutorLog, reasonOf } from './settings';

export interface Listener {
  stop(): Promise<void>;
}

export interface ListenerOptions {
  databaseUrl: string;
  owner: string;
  log: ExecutorLog;
  /** Something was written by another process, or the connection was away and we may have missed it. */
  onWake(): void;
  /** Another executor left calls behind. */
  onHandedBack(): void;
  /** We are known to be alive: what has no living owner now was left behind. */
  onAlive(): void;
}

const RECONNECT_MS = 500;

/**
 * One connection of its own, for two things: notifications, and a lock that lives as long as the connection, by which
 * other executors see that this one is alive.
 */
export function startListener(options: ListenerOptions): Listener {
  const { databaseUrl, owner, log } = options;
  let stopped = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let known = false;

  async function connect(): Promise<void> {
    const connection = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'hyble-executor',
      keepAlive: true,
      connectionTimeoutMillis: 5000,
    });
    let gone = false;
    const reconnect = (reason: string): void => {
      if (gone) return;
      gone = true;
      if (stopped) return;
      log.warn('The connection for notifications was cut; it is opened again.', { reason });
      timer = setTimeout(() => void connect(), RECONNECT_MS);
    };
    client = connection;
    connection.on('error', (error) => reconnect(reasonOf(error)));
    connection.on('end', () => reconnect('closed'));
    connection.on('notification', ({ payload }) =>
      payload === HANDED_BACK ? options.onHandedBack() : options.onWake(),
    );
    try {
      await connection.connect();
      await connection.query(`listen ${WAKE_CHANNEL}`);
      await connection.query('select pg_try_advisory_lock($1, hashtext($2))', [LOCKS.alive, owner]);
      options.onWake();
      if (!known) options.onAlive();
      known = true;
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
