// The world of the executor bench: ten simulated panels without a limit, and orders for them.
import type { Ctx } from '@/lib/context';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { startSimulator } from '@/modules/sdk/simulator-host';
import { makeCustomer } from '../../prisma/factories/customer';
import { makeProduct } from '../../prisma/factories/product';
import { makeServer } from '../../prisma/factories/server';
import { makeServerGroup } from '../../prisma/factories/server-group';
import { makeServerModule } from '../../prisma/factories/server-module';

const PANELS = 10;
const ORDERS_AT_ONCE = 8;
const ctx: Ctx = { actor: { type: 'system', id: null, name: 'bench' }, address: null, requestId: 'bench' };

export async function seedOrders() {
  const panels = await Promise.all(Array.from({ length: PANELS }, () => startSimulator(pickaxeSimulator)));
  // Read once by the program, so it must be there before the first of it is loaded, here and in the application.
  process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = panels.map(({ url }) => new URL(url).port).join(',');
  const { db } = await import('@/lib/db');
  const { ensureKeyRing } = await import('@/lib/key-ring');
  const { createService } = await import('@/features/services/create-service');
  await ensureKeyRing();
  const { id: moduleId } = await makeServerModule({ slug: 'pickaxe' });
  const { id: groupId } = await makeServerGroup();
  for (const [index, panel] of panels.entries())
    await makeServer({
      name: `Panel ${index}`,
      moduleId,
      groupId,
      maxAccounts: null,
      maxParallel: 8,
      config: panel.credentials,
    });
  const { id: productId } = await makeProduct({ moduleId, serverGroupId: groupId });
  const { id: customerId } = await makeCustomer();
  return {
    async order(count: number): Promise<void> {
      let next = 0;
      const work = async () => {
        while (next < count) {
          next += 1;
          await createService(ctx, { productId, customerId, domain: `order-${next}.bench.example.com` });
        }
      };
      await Promise.all(Array.from({ length: ORDERS_AT_ONCE }, work));
    },
    accounts: () => panels.reduce((sum, panel) => sum + panel.state().accounts.length, 0),
    async stop(): Promise<void> {
      await Promise.all(panels.map((panel) => panel.stop()));
      await db.$disconnect();
    },
  };
}
