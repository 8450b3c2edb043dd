import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { IdInput } from '../lists/schema';
import { makePasswordLink, type PasswordLink } from './one-time-code';
import { requireStaff } from './require-staff';

/** A new link for somebody who lost the first one, or forgot the password. The present password works until it is used. */
export async function renewPasswordLink(ctx: Ctx, { id }: IdInput): Promise<PasswordLink> {
  return inTransaction(async (tx) => {
    const user = await requireStaff(tx, id);
    if (user.disabledAt)
      throw new DomainError('INVALID_STATE', `${user.name} is switched off. Switch the user on first.`);
    await recordAudit(tx, ctx, { action: 'user.renew-password-link', targetType: 'User', targetId: id });
    return makePasswordLink(tx, id);
  });
}
