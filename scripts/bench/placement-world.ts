// The world of the placement bench, made by the database itself: a million rows one by one would take an hour.
import { db } from '@/lib/db';

const LIMIT = 100_000;

/** Servers without services, products for 50 groups, one customer. */
export async function seedWorld(servers: number, rule: string): Promise<void> {
  await db.$executeRaw`INSERT INTO "ServerModule" ("id", "name", "slug", "type", "version", "configSchema", "supportsSuspend",
      "supportsUnsuspend", "supportsTerminate", "supportsUsage", "supportsSSO", "updatedAt")
    VALUES ('m', 'Bench', 'bench', 'game', '1', '{}', true, true, true, true, true, now())`;
  await db.$executeRaw`INSERT INTO "ServerGroup" ("id", "name", "fillType", "updatedAt")
    SELECT 'g' || n, 'Group ' || n, ${rule}, now() FROM generate_series(0, 49) n`;
  await db.$executeRaw`INSERT INTO "Product" ("id", "name", "moduleId", "serverGroupId", "updatedAt")
    SELECT 'p' || n, 'Product ' || n, 'm', 'g' || n, now() FROM generate_series(0, 49) n`;
  await db.$executeRaw`INSERT INTO "Customer" ("id", "name", "email", "updatedAt") VALUES ('c', 'Bench', 'bench@example.com', now())`;
  await db.$executeRaw`INSERT INTO "Server" ("id", "name", "hostname", "ipAddress", "type", "moduleId", "credentials",
      "maxAccounts", "groupId", "groupPosition", "createdAt", "updatedAt")
    SELECT 's' || lpad(n::text, 6, '0'), 'Server ' || n, 's' || n || '.example.com', '192.0.2.1', 'GAME', 'm', '{}',
      ${LIMIT}::int, 'g' || (n % 50), n / 50, now() - make_interval(mins => ${servers}::int - n), now()
    FROM generate_series(0, ${servers}::int - 1) n`;
}

/** So many services in all, spread over the servers, each with its slot. */
export async function addServices(wanted: number): Promise<void> {
  const have = await db.service.count();
  const missing = wanted - have;
  if (missing <= 0) return;
  await db.$executeRaw`WITH new AS (
      SELECT 'v' || lpad(n::text, 8, '0') AS id, 's' || lpad((n % (SELECT count(*) FROM "Server"))::text, 6, '0') AS server
      FROM generate_series(${have}::int, ${wanted}::int - 1) n
    ), services AS (
      INSERT INTO "Service" ("id", "customerId", "productId", "serverId", "status", "createdAt", "updatedAt")
      SELECT id, 'c', 'p0', server, 'ACTIVE', now() - random() * interval '2 years', now() FROM new RETURNING "id"
    )
    INSERT INTO "Placement" ("id", "serviceId", "serverId", "reason", "createdAt")
    SELECT 'l' || substr(id, 2), id, server, '{}', now() - random() * interval '2 years' FROM new`;
  await recount();
}

async function recount(): Promise<void> {
  await db.$executeRaw`UPDATE "Server" s SET "accountCount" = n.count
    FROM (SELECT "serverId", count(*)::int AS count FROM "Placement" WHERE "releasedAt" IS NULL GROUP BY 1) n
    WHERE n."serverId" = s."id" AND s."accountCount" <> n.count`;
}

/** Puts all servers into 50 groups, or into the first one. */
export async function spreadOver(groups: number): Promise<void> {
  await db.$executeRaw`UPDATE "Server" SET "groupId" = 'g' || (substr("id", 2)::int % ${groups}::int)`;
}

/** As autovacuum leaves a database that runs for long. */
export async function prepare(): Promise<void> {
  for (const table of ['Server', 'Service', 'Placement', 'Operation', 'OperationEvent']) {
    await db.$executeRawUnsafe(`VACUUM (ANALYZE) "${table}"`);
  }
}

export interface BenchOrder {
  serviceId: string;
  operationId: string;
  productId: string;
}

let made = 0;

/** Services and their create operations, waiting for a slot. */
export async function makeOrders(count: number, groups: number): Promise<BenchOrder[]> {
  const from = made;
  made += count;
  await db.$executeRaw`INSERT INTO "Service" ("id", "customerId", "productId", "updatedAt")
    SELECT 'w' || n, 'c', 'p' || (n % ${groups}::int), now() FROM generate_series(${from}::int, ${made}::int - 1) n`;
  await db.$executeRaw`INSERT INTO "Operation" ("id", "serviceId", "kind", "state", "deadlineAt", "requestedBy", "updatedAt")
    SELECT 'o' || n, 'w' || n, 'CREATE', 'RUNNING', now() + interval '3 days', '{}', now()
    FROM generate_series(${from}::int, ${made}::int - 1) n`;
  return Array.from({ length: count }, (_, index) => {
    const n = from + index;
    return { serviceId: `w${n}`, operationId: `o${n}`, productId: `p${n % groups}` };
  });
}

/** Servers whose counter is not their number of open slots; 0 is right. */
export async function countLeftOver(): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM "Server" s
    WHERE s."accountCount" <> (SELECT count(*) FROM "Placement" p WHERE p."serverId" = s."id" AND p."releasedAt" IS NULL)`;
  return row?.count ?? 0;
}
