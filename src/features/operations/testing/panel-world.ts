import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Prisma } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';
import { makeCustomer } from '../../../../prisma/factories/customer';
import { makeProduct } from '../../../../prisma/factories/product';
import { makeServer } from '../../../../prisma/factories/server';
import { makeServerGroup } from '../../../../prisma/factories/server-group';
import { makeServerModule } from '../../../../prisma/factories/server-module';
import { freePort } from '../../../../scripts/postgres.mjs';

/** Two simulated panels with a server each (A before B), one group, one product, one customer; fresh before each test. */
export interface PanelWorld {
  a: Simulator;
  b: Simulator;
  productId: string;
  customerId: string;
  serverA: string;
  serverB: string;
}

/** Which kind of panel both servers run. */
export interface PanelKind {
  slug: string;
  start(): Promise<Simulator>;
  moduleSettings?: Prisma.InputJsonObject;
}

const PICKAXE: PanelKind = {
  slug: 'pickaxe',
  // A panel that stops and starts again must not find its port lent out meanwhile.
  start: async () => startSimulator(pickaxeSimulator, { port: await freePort() }),
};

export function startPanelWorld(kind: PanelKind = PICKAXE): PanelWorld {
  const world = {} as PanelWorld;
  beforeAll(async () => {
    world.a = await kind.start();
    world.b = await kind.start();
    process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = [world.a, world.b].map(({ url }) => new URL(url).port).join(',');
    process.env.HYBLE_TIME_LIMIT_SECONDS = '1';
  });
  afterAll(() => Promise.all([world.a.stop(), world.b.stop()]));
  beforeEach(async () => {
    await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
    for (const panel of [world.a, world.b]) {
      panel.clearFaults();
      for (const account of panel.state().accounts) panel.remove(account.id);
    }
    const { id: moduleId } = await makeServerModule({ slug: kind.slug });
    const { id: groupId } = await makeServerGroup();
    const place = (name: string, panel: Simulator, day: number) =>
      makeServer({
        name,
        moduleId,
        groupId,
        maxAccounts: 10,
        createdAt: new Date(2026, 0, day),
        config: panel.credentials,
      });
    world.serverA = (await place('A', world.a, 1)).id;
    world.serverB = (await place('B', world.b, 2)).id;
    world.productId = (
      await makeProduct({ moduleId, serverGroupId: groupId, moduleSettings: kind.moduleSettings ?? {} })
    ).id;
    world.customerId = (await makeCustomer()).id;
  });
  return world;
}
