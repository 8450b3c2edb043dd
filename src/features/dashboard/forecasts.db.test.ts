import { expect, it } from 'vitest';
import { db } from '@/lib/db';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeService } from '../../../prisma/factories/service';
import { readForecasts } from './forecasts';

const DAY_MS = 86_400_000;

it('says what is held for orders and when a group is full at the present pace', async () => {
  const [busy, idle] = [await makeServerGroup({ name: 'Busy' }), await makeServerGroup({ name: 'Idle' })];
  const server = await makeServer({ groupId: busy.id, maxAccounts: 10, accountCount: 3 });
  for (const status of ['ACTIVE', 'ACTIVE', 'PENDING'] as const) {
    const { id: serviceId } = await makeService({ status, serverId: server.id });
    const createdAt = new Date(Date.now() - 9.5 * DAY_MS);
    await db.placement.create({ data: { serviceId, serverId: server.id, reason: {}, createdAt } });
  }
  const forecasts = new Map((await readForecasts()).map((forecast) => [forecast.groupId, forecast]));
  expect(forecasts.get(idle.id)).toEqual({ groupId: idle.id, reserved: 0, waiting: 0, fullAt: null });
  const { reserved, fullAt } = forecasts.get(busy.id) ?? {};
  expect(reserved).toBe(1);
  // Three in ten days, seven places left.
  expect((Date.parse(fullAt ?? '') - Date.now()) / DAY_MS).toBeCloseTo((7 * 10) / 3, 1);
});

it('foretells nothing in the first week of a group: its first evening would be full by tomorrow', async () => {
  const { id: groupId } = await makeServerGroup({ name: 'New' });
  const server = await makeServer({ groupId, maxAccounts: 10, accountCount: 1 });
  const { id: serviceId } = await makeService({ serverId: server.id });
  await db.placement.create({ data: { serviceId, serverId: server.id, reason: {} } });
  const forecast = (await readForecasts()).find((each) => each.groupId === groupId);
  expect(forecast?.fullAt).toBeNull();
});
