import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { lockServer } from './lock-server';
import { releaseServer } from './release-server';
import type { ServerReasonInput } from './schema';

/** Staff end a hold without waiting for a probe. Throws INVALID_STATE when the server is not held. */
export async function releaseByStaff(ctx: Ctx, { id, reason }: ServerReasonInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const server = await lockServer(tx, id);
    if (server.heldAt === null)
      throw new DomainError('INVALID_STATE', `"${server.name}" is not held. Nothing was changed.`);
    await releaseServer(tx, ctx, id, reason);
    return { id };
  });
}
