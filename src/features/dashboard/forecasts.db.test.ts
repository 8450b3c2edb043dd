import { expect, it } from 'vitest';
import { db } from '@/lib/db';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeService } from '../../../prisma/factories/service';
import { readForecasts } from './forecasts';

it('says what is held for orders and when a group is full at the present pace', async () => {
  const [busy, idle] = [await makeServerGroup({ name: 'Busy' }), await makeServerGroup({ name: 'Idle' })];
  const server = await makeServer({ groupId: busy.id, maxAccounts: 10, accountCount: 3 });
  for (const status of ['ACTIVE', 'ACTIVE', 'PENDING'] as const) {
    const { id: serviceId } = await makeService({ status, serverId: server.id });
    await db.placement.create({ data: { serviceId, serverId: server.id, reason: {} } });
  }
  const forecasts = new Map((await readForecasts()).map((forecast) => [forecast.groupId, forecast]));
  expect(forecasts.get(idle.id)).toEqual({ groupId: idle.id, reserved: 0, waiting: 0, fullAt: null });
  const { reserved, fullAt } = forecasts.get(busy.id) ?? {};
  expect(reserved).toBe(1);
  // Three a day, seven places left.
  expect(Date.parse(fullAt ?? '') / 86_400_000 - Date.now() / 86_400_000).toBeCloseTo(7 / 3, 1);
});
