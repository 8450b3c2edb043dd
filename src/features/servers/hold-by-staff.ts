import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { lockServer } from './lock-server';
import type { ServerReasonInput } from './schema';

/**
 * Staff take a server out of work: no changing calls, nothing placed there. No probe ends this hold, only staff do.
 * Throws INVALID_STATE when it is held already.
 */
export async function holdByStaff(ctx: Ctx, { id, reason }: ServerReasonInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const server = await lockServer(tx, id);
    if (server.heldAt !== null)
      throw new DomainError('INVALID_STATE', `"${server.name}" is held already. Nothing was changed.`);
    await tx.$executeRaw`UPDATE "Server" SET "heldAt" = now(), "heldKind" = 'staff', "heldReason" = ${reason},
      "probeCount" = 0, "nextProbeAt" = NULL, "updatedAt" = now() WHERE "id" = ${id}`;
    await recordAudit(tx, ctx, { action: 'server.hold', targetType: 'Server', targetId: id, reason });
    return { id };
  });
}
