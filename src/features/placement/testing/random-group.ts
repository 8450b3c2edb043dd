import type { ServerStatus, ServerType } from '@/generated/prisma/enums';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { makeProduct } from '../../../../prisma/factories/product';
import { makeServer } from '../../../../prisma/factories/server';
import { makeServerGroup } from '../../../../prisma/factories/server-group';
import { FILL_TYPES } from '../../groups/choices';

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32), so that a failing group can be made again. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Dice {
  below(count: number): number;
  oneOf<T>(values: readonly [T, ...T[]]): T;
  chance(share: number): boolean;
}

export function diceOf(seed: number): Dice {
  const random = randomNumbers(seed);
  const below = (count: number) => Math.floor(random() * count);
  return {
    below,
    oneOf: (values) => values[below(values.length)] ?? values[0],
    chance: (share) => random() < share,
  };
}

/** A group with anything that may speak for or against a server, ties everywhere, and a product that asks for this and that. */
export async function makeRandomGroup(dice: Dice, moduleId: string) {
  const group = await makeServerGroup({ fillType: dice.oneOf(FILL_TYPES) });
  const product = await makeProduct({
    moduleId,
    serverGroupId: dice.chance(0.1) ? null : group.id,
    requiredTags: dice.chance(0.3) ? ['nvme'] : [],
    requiredType: dice.chance(0.2) ? 'GAME' : null,
  });
  const servers = 1 + dice.below(8);
  for (let i = 0; i < servers; i++) {
    const server = await makeRandomServer(dice, { moduleId, groupId: group.id });
    if (!dice.chance(0.1)) continue;
    const until = new Date(Date.now() + (dice.chance(0.7) ? 600_000 : -600_000));
    await db.serverFull.create({
      data: { serverId: server.id, productId: product.id, until, words: 'No memory left.' },
    });
  }
  return { group, product };
}

function makeRandomServer(dice: Dice, place: { moduleId: string; groupId: string }) {
  return makeServer({
    ...place,
    maxAccounts: dice.chance(0.15) ? null : dice.below(7),
    accountCount: dice.below(4),
    unknownCount: dice.chance(0.3) ? dice.below(3) : 0,
    assignedSeq: dice.below(4),
    groupPosition: dice.below(4),
    createdAt: new Date(2026, 0, 1 + dice.below(3)),
    isDisabled: dice.chance(0.08),
    heldAt: dice.chance(0.08) ? new Date() : null,
    archivedAt: dice.chance(0.05) ? new Date() : null,
    status: dice.oneOf<ServerStatus>(['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'OFFLINE', 'MAINTENANCE']),
    type: dice.oneOf<ServerType>(['GAME', 'GAME', 'GAME', 'VPS']),
    tags: dice.chance(0.7) ? ['nvme', 'eu'] : ['eu'],
  });
}

/** Orders that wait for their slot, as many services with their create operations. */
export async function makeOrders(productId: string, customerId: string, count: number) {
  const orders = Array.from({ length: count }, () => ({ serviceId: uuidv7(), operationId: uuidv7() }));
  await db.service.createMany({ data: orders.map(({ serviceId }) => ({ id: serviceId, productId, customerId })) });
  await db.operation.createMany({
    data: orders.map(({ serviceId, operationId }) => ({
      id: operationId,
      serviceId,
      kind: 'CREATE' as const,
      deadlineAt: new Date(Date.now() + 72 * 3_600_000),
      requestedBy: { type: 'system', name: 'test' },
    })),
  });
  return orders;
}
