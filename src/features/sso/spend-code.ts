import { z } from 'zod';
import { notifyStaff } from '@/features/operations/notify-staff';
import { recordAudit } from '@/lib/audit';
import { type Ctx, systemContext } from '@/lib/context';
import { db, type Tx } from '@/lib/db';
import { hashCode } from '@/lib/one-time-code';
import { inTransaction } from '@/lib/transaction';
import { CODE_PURPOSE } from './create-code';

const bound = z.object({ serviceId: z.string(), customerId: z.string(), action: z.string(), madeBy: z.string() });
type Bound = z.infer<typeof bound>;

/** What a code is good for, or why it is good for nothing. */
export type SpentCode = ({ ok: true } & Bound) | { ok: false; why: 'used' | 'expired' | 'unknown' };

/** From this many second uses within a day staff are told: somebody may be trying codes that they found. */
const ALARMING = 3;

/**
 * Uses a code up: of all who try, at once or later, exactly one gets what it is bound to. A second use is audited, and
 * told to staff when it happens again and again.
 */
export async function spendCode(ctx: Omit<Ctx, 'actor'>, code: string): Promise<SpentCode> {
  const codeHash = hashCode(code);
  const [spent] = await db.$queryRaw<{ data: unknown }[]>`
    UPDATE "OneTimeCode" SET "usedAt" = now()
    WHERE "codeHash" = ${codeHash} AND "purpose" = ${CODE_PURPOSE} AND "usedAt" IS NULL AND "expiresAt" > now()
      AND NOT EXISTS (SELECT 1 FROM "User" u WHERE u."id" = "OneTimeCode"."userId" AND u."disabledAt" IS NOT NULL)
    RETURNING "data"`;
  if (spent) return { ok: true, ...bound.parse(spent.data) };
  const found = await db.oneTimeCode.findFirst({ where: { codeHash, purpose: CODE_PURPOSE } });
  if (!found) return { ok: false, why: 'unknown' };
  if (found.usedAt === null) return { ok: false, why: 'expired' };
  await inTransaction((tx) => recordReplay(tx, ctx, bound.parse(found.data)));
  return { ok: false, why: 'used' };
}

async function recordReplay(tx: Tx, ctx: Omit<Ctx, 'actor'>, { serviceId, customerId, madeBy }: Bound): Promise<void> {
  const { actor } = systemContext('A visitor with a used code');
  await recordAudit(
    tx,
    { ...ctx, actor },
    {
      action: 'sso.replay',
      targetType: 'service',
      targetId: serviceId,
      after: { customer: customerId, madeBy },
    },
  );
  const [today] = await tx.$queryRaw<{ count: number; service: string }[]>`
    SELECT (SELECT count(*)::int FROM "AuditEntry" a WHERE a."action" = 'sso.replay' AND a."targetType" = 'service'
        AND a."targetId" = s."id" AND a."at" > now() - interval '1 day') AS "count",
      coalesce(s."domain", p."name") AS "service"
    FROM "Service" s JOIN "Product" p ON p."id" = s."productId" WHERE s."id" = ${serviceId}`;
  if (today && today.count >= ALARMING) {
    await notifyStaff(tx, { kind: 'sso-replay', serviceId, service: today.service, count: today.count });
  }
}
