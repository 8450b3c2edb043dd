import { describe, expect, it } from 'vitest';
import { createOrder } from '@/features/emails/testing/create-order';
import { SUSPENDED_TO_TERMINATE } from '@/features/services/request-terminate';
import type { Prisma } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import type { ChangeKind } from './courses';
import { queueChangeEmail } from './queue-change-email';

async function tell(kind: ChangeKind, service: Prisma.ServiceUncheckedUpdateInput = {}) {
  const {
    operation,
    service: { id, customerId },
  } = await createOrder();
  await db.service.update({ where: { id }, data: { domain: 'play.fenwick.example', ...service } });
  await db.customer.update({ where: { id: customerId }, data: { language: 'tr', email: 'ada@fenwick.example' } });
  for (let round = 0; round < 2; round++) await inTransaction((tx) => queueChangeEmail(tx, operation.id, id, kind));
  return db.emailMessage.findMany({ where: { operationId: operation.id } });
}

describe('the mail about a change', () => {
  it.each([
    ['SUSPEND', 'suspended', 'play.fenwick.example askıya alındı'],
    ['UNSUSPEND', 'resumed', 'play.fenwick.example yeniden çalışıyor'],
    ['TERMINATE', 'terminated', 'play.fenwick.example silindi'],
  ] as const)('%s is kept once, in the customer’s language, due at once', async (kind, template, subject) => {
    const mails = await tell(kind);
    expect(mails).toMatchObject([{ template, subject, to: 'ada@fenwick.example', language: 'tr', state: 'QUEUED' }]);
    const [{ due } = { due: false }] = await db.$queryRaw<{ due: boolean }[]>`
      SELECT "nextTryAt" <= now() AS due FROM "EmailMessage" WHERE "id" = ${mails[0]?.id}`;
    expect(due).toBe(true);
  });

  it.each(['CHANGE_PASSWORD', 'CHANGE_PACKAGE', 'CUSTOM_ACTION'] as const)('%s sends none', async (kind) => {
    expect(await tell(kind)).toEqual([]);
  });

  it('carries the reason of a suspension', async () => {
    const mails = await tell('SUSPEND', { suspendReason: 'Invoice 7 is open' });
    expect(mails[0]?.data).toMatchObject({ reason: 'Invoice 7 is open', removedOn: null });
  });

  it('carries the day of a planned removal instead of our own note about it', async () => {
    const terminateAt = new Date('2027-01-05T10:00:00Z');
    const mails = await tell('SUSPEND', { suspendReason: SUSPENDED_TO_TERMINATE, terminateAt });
    expect(mails[0]?.data).toMatchObject({ reason: null, removedOn: '2027-01-05T10:00:00.000Z' });
  });
});
