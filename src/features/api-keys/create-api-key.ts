import { makeApiKey } from '@/lib/api-key';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { CreateApiKeyInput } from './schema';

const DAY_MS = 24 * 3600_000;

/** Makes a key for another program. `key` is shown this once: only its hash is kept. */
export async function createApiKey(ctx: Ctx, input: CreateApiKeyInput): Promise<{ id: string; key: string }> {
  const { actor } = ctx;
  if (actor.type === 'key') throw new DomainError('FORBIDDEN', 'A key makes no other keys. Sign in to make one.');
  const { name, scopes, expiresInDays } = input;
  const { key, keyHash, hint } = makeApiKey();
  const expiresAt = expiresInDays === null ? null : new Date(Date.now() + expiresInDays * DAY_MS);
  return inTransaction(async (tx) => {
    const { id } = await tx.apiKey.create({
      data: { name, scopes, keyHash, hint, expiresAt, createdById: actor.id },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: 'api-key.create',
      targetType: 'ApiKey',
      targetId: id,
      after: { name, hint, scopes, expiresAt: expiresAt?.toISOString() ?? null },
    });
    return { id, key };
  });
}
