import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '@/env';
import { type Prisma, PrismaClient } from '@/generated/prisma/client';

export type Tx = Prisma.TransactionClient;

function create(): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: env.DATABASE_URL,
    max: env.HYBLE_DATABASE_POOL,
    application_name: 'hyble-web',
    // Columns hold UTC without a zone: now() in raw SQL must mean the same on a server that is set to another zone.
    options: '-c TimeZone=UTC',
  });
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
