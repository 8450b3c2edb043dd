import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { makeRecoveryCodes } from './recovery-codes';
import { requirePerson } from './require-person';

/** Ten new recovery codes, shown this once; the earlier ones stop working. */
export async function renewRecoveryCodes(ctx: Ctx): Promise<{ codes: string[] }> {
  const { id } = requirePerson(ctx);
  return inTransaction(async (tx) => {
    const row = await tx.twoFactor.findUnique({ where: { userId: id }, select: { confirmedAt: true } });
    if (!row?.confirmedAt) throw new DomainError('INVALID_STATE', 'Two-factor sign-in is off, so there are no codes.');
    await recordAudit(tx, ctx, { action: 'two-factor.renew-codes', targetType: 'User', targetId: id });
    return { codes: await makeRecoveryCodes(tx, id) };
  });
}
