import { checkPassword } from '@/features/users/hash-password';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { unseal } from '@/lib/crypto';
import { db } from '@/lib/db';
import { badInput, DomainError } from '@/lib/errors';
import { forgetTries, takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { passwordPlace } from './module-service';
import type { RevealPasswordInput } from './my-schema';
import { requireService } from './require-service';

/**
 * The panel password of a service, for its owner, or for staff with a reason; both give their own password first. Every
 * look is audited before anything is answered. Throws BAD_INPUT for a wrong own password, INVALID_STATE when there is
 * none to see.
 */
export async function revealPassword(ctx: Ctx, input: RevealPasswordInput): Promise<{ password: string }> {
  const service = await requireService(ctx, input.id);
  const { actor } = ctx;
  if (actor.type !== 'user') throw new DomainError('FORBIDDEN', 'Only a person may see a password.');
  if (actor.role !== 'CUSTOMER' && !input.reason)
    throw badInput(['reason'], 'Say why you have to see this password. It is kept in the audit log.');
  if (service.password === null || (service.status !== 'ACTIVE' && service.status !== 'SUSPENDED')) {
    throw new DomainError(
      'INVALID_STATE',
      'There is no password of this service that could be shown. Change the password instead: then the new one is known.',
    );
  }
  await takeTry('reveal-password', actor.id);
  const user = await db.user.findUniqueOrThrow({ where: { id: actor.id } });
  if (user.passwordHash === null) {
    throw new DomainError(
      'INVALID_STATE',
      'You have no password of your own yet, so we cannot be sure that it is you. Choose one under "My account" first.',
    );
  }
  if (!(await checkPassword(user.passwordHash, input.ownPassword)))
    throw badInput(['ownPassword'], 'This is not the password you sign in with. Nothing was shown.');
  await forgetTries('reveal-password', actor.id);
  const password = await unseal(service.password, passwordPlace(service.id));
  await inTransaction((tx) =>
    recordAudit(tx, ctx, {
      action: 'service.reveal-password',
      targetType: 'service',
      targetId: service.id,
      reason: input.reason,
    }),
  );
  return { password };
}
