// The world of the usage bench: a server row for each simulated panel, and a service for each of its accounts.
import { db } from '@/lib/db';
import { ensureKeyRing } from '@/lib/key-ring';
import { makeCustomer } from '../../prisma/factories/customer';
import { makeProduct } from '../../prisma/factories/product';
import { makeServer } from '../../prisma/factories/server';
import { makeServerModule } from '../../prisma/factories/server-module';
import type { PanelOffer } from './usage-panels';

export async function seedUsageWorld(panels: PanelOffer['panels']): Promise<void> {
  await ensureKeyRing();
  const { id: moduleId } = await makeServerModule({ slug: 'cpanel', type: 'hosting', supportsUsage: true });
  const { id: productId } = await makeProduct({ moduleId });
  const { id: customerId } = await makeCustomer();
  for (const { config, accounts } of panels) {
    const { id: serverId } = await makeServer({ moduleId, type: 'SHARED', config });
    // By the database itself: rows that pass through the client would count as memory of the reading.
    await db.$executeRaw`INSERT INTO "Service" ("id", "customerId", "productId", "serverId", "status", "username", "remoteId", "domain", "updatedAt")
      SELECT gen_random_uuid()::text, ${customerId}, ${productId}, ${serverId}, 'ACTIVE', a."user", a."user", a."domain", now()
      FROM json_to_recordset(${JSON.stringify(accounts)}::json) AS a("user" text, "domain" text)`;
  }
  await db.$executeRaw`INSERT INTO "Placement" ("id", "serviceId", "serverId", "reason") SELECT 'p-' || "id", "id", "serverId", '{}' FROM "Service"`;
  for (const table of ['Server', 'Service', 'Placement']) await db.$executeRawUnsafe(`VACUUM (ANALYZE) "${table}"`);
}
