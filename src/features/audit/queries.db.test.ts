import { expect, it } from 'vitest';
import { recordAudit } from '@/lib/audit';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { listAudit } from './queries';
import { auditFilter } from './schema';

const list = (input: object) => listAudit(auditFilter.parse(input));

it('turns pages newest first and finds by action and target', async () => {
  const ctx = systemContext('nightly');
  for (const [n, action] of [
    'server.create',
    'user.create',
    'server.hold',
    'server.release',
    'user.create',
  ].entries()) {
    await recordAudit(db, ctx, {
      action,
      targetType: action.startsWith('user') ? 'User' : 'Server',
      targetId: String(n),
    });
  }
  const first = await list({ limit: 3 });
  const second = await list({ limit: 3, cursor: first.nextCursor });
  const ids = [...first.items, ...second.items].map(({ targetId }) => Number(targetId));
  expect([...ids].sort()).toEqual([0, 1, 2, 3, 4]);
  expect(first.items.map(({ at }) => at)).toEqual(
    first.items
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  );
  expect(second.nextCursor).toBeNull();
  expect((await list({ search: 'SERVER.h' })).items).toMatchObject([{ targetId: '2', actorName: 'nightly' }]);
  expect((await list({ targetType: 'User', targetId: '1' })).items).toHaveLength(1);
});
