import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { IdInput } from '../lists/schema';

/** Ends a key: its next call is refused. Nothing brings it back. */
export async function revokeApiKey(ctx: Ctx, { id }: IdInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const ended = await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
    if (ended.count === 0) {
      if (await tx.apiKey.findUnique({ where: { id }, select: { id: true } })) return { id };
      throw notFound('API key');
    }
    await recordAudit(tx, ctx, { action: 'api-key.revoke', targetType: 'ApiKey', targetId: id });
    return { id };
  });
}
