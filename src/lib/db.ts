import { env } from '@/env';
import { type Prisma, PrismaClient } from '@/generated/prisma/client';
import { connectionName, processId } from './process-id';
import { SerialPrismaPg } from './serial-transactions';

export type Tx = Prisma.TransactionClient;

/**
 * The first words of a statement that is large and asked often: each connection reads and plans it once, not each time.
 * Its text must be one of few, so whatever varies is a parameter.
 */
export const PLANNED_ONCE = '/* planned once */';
const names = new Map<string, string>();

/** A name makes the database keep the statement; none is the empty text. */
function statementName(sql: string): string {
  if (!sql.startsWith(PLANNED_ONCE)) return '';
  const name = names.get(sql) ?? `planned_${names.size + 1}`;
  names.set(sql, name);
  return name;
}

function create(): PrismaClient {
  const adapter = new SerialPrismaPg(
    {
      connectionString: env.DATABASE_URL,
      max: env.HYBLE_DATABASE_POOL,
      application_name: connectionName(processId),
      // Columns hold UTC without a zone: now() in raw SQL must mean the same on a server that is set to another zone.
      options: '-c TimeZone=UTC',
    },
    { statementNameGenerator: ({ sql }) => statementName(sql) },
  );
  return new PrismaClient({
    adapter,
    // Longer ones quote the values that a query was given.
    errorFormat: 'minimal',
    transactionOptions: { maxWait: 15_000, timeout: 15_000 },
  });
}

// One client per process: Next loads modules several times (pages, routes, instrumentation), globalThis only once.
const shared = globalThis as unknown as { hybleDb?: PrismaClient };

/** Opened at first use, so that importing this file needs no database. */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get(_target, key) {
    shared.hybleDb ??= create();
    return Reflect.get(shared.hybleDb, key);
  },
});
