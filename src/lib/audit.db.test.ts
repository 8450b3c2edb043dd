import { expect, it } from 'vitest';
import { recordAudit } from './audit';
import { systemContext } from './context';
import { db } from './db';
import { inTransaction } from './transaction';

const ctx = systemContext('test');
const change = { action: 'server.update', targetType: 'Server', targetId: 'one' };

it('writes who, what and from where', async () => {
  await inTransaction((tx) =>
    recordAudit(tx, ctx, { ...change, reason: 'a\r\nb', after: { name: 'n', apiKey: 'changed' } }),
  );
  const [entry] = await db.auditEntry.findMany();
  expect(entry).toMatchObject({
    actorType: 'system',
    actorName: 'test',
    action: 'server.update',
    reason: 'a b',
    requestId: ctx.requestId,
  });
  expect(entry?.after).toEqual({ name: 'n', apiKey: 'changed' });
});

it.each([
  { password: 'x' },
  { nested: [{ apiKey: 'x' }] },
  { credentials: { sealed: 'x' } },
  { passwordHash: '$argon2id$' },
  { accessToken: 7 },
])('refuses %j, and the change with it', async (after) => {
  const before = await db.setting.count();
  const work = inTransaction(async (tx) => {
    await tx.setting.create({ data: { key: 'k', value: 1 } });
    await recordAudit(tx, ctx, { ...change, after });
  });
  await expect(work).rejects.toThrow(/Write 'changed' instead/);
  expect(await db.setting.count()).toBe(before);
});
