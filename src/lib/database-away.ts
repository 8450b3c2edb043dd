/** Prisma's words for a server that cannot be reached, a connection that ended, a pool or transaction that gave up. */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028']);
/** PostgreSQL's own: connection trouble, shutting down, starting up. */
const DATABASE_CODES = /^(08...|57P0[1-3])$/;
const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const WORDS =
  /connection terminated|server has closed the connection|connection error|can't reach database|socket hang up/i;

/** Did the database go away, rather than say no? A query that fails so may or may not have been carried out. */
export function isDatabaseAway(error: unknown): boolean {
  for (let cause: unknown = error; typeof cause === 'object' && cause !== null; ) {
    const { code, originalCode, message, meta, cause: next } = cause as Partial<Record<string, unknown>>;
    for (const word of [code, originalCode]) {
      if (typeof word !== 'string') continue;
      if (PRISMA_CODES.has(word) || SOCKET_CODES.has(word) || DATABASE_CODES.test(word)) return true;
    }
    if (typeof message === 'string' && WORDS.test(message)) return true;
    cause = next ?? (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  }
  return false;
}
