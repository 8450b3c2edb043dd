import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';
import { readCursor, toCursor } from '@/lib/keyset';
import { inTransaction } from '@/lib/transaction';
import { findRetryable } from './matching-operations';
import { retryOperation } from './retry-operation';
import type { RetryAll } from './schema';

// A few seconds of work: a proxy in front of the panel must not give up on it.
const AT_ONCE = 100;

export interface RetriedBatch {
  retried: number;
  /** What this batch could not retry any more, by the reason why. */
  left: { why: string; count: number }[];
  /** Where the next call goes on; null = all that matched were worked through. */
  nextCursor: string | null;
}

/**
 * Retries what fits the filter, newest first, at most a hundred a call. Going on with `nextCursor` meets each operation
 * once, also one that fails again at once. One that changed meanwhile is left and counted, not an error. Throws NOT_FOUND
 * for a server that never was: "nothing to retry" would hide a wrong id.
 */
export async function retryMatching(ctx: Ctx, { cursor, ...filter }: RetryAll): Promise<RetriedBatch> {
  const { serverId } = filter;
  if (serverId && (await db.server.count({ where: { id: serverId } })) === 0) throw notFound('server');
  const found = await findRetryable(filter, readCursor(cursor), AT_ONCE + 1);
  const batch = found.slice(0, AT_ONCE);
  const left = new Map<string, number>();
  for (const { id } of batch) {
    const why = await tryOne(ctx, id);
    if (why !== null) left.set(why, (left.get(why) ?? 0) + 1);
  }
  const leftCount = [...left.values()].reduce((sum, count) => sum + count, 0);
  const retried = batch.length - leftCount;
  if (batch.length > 0) {
    // Each retry has its own entry; this one says that they were one decision, and which.
    await inTransaction((tx) =>
      recordAudit(tx, ctx, {
        action: 'operation.retry-all',
        targetType: 'operation',
        targetId: null,
        after: { ...asked(filter), retried, left: leftCount },
      }),
    );
  }
  const last = batch.at(-1);
  return {
    retried,
    left: [...left].map(([why, count]) => ({ why, count })),
    nextCursor: found.length > AT_ONCE && last ? toCursor(last) : null,
  };
}

/** null = retried, else why not. */
async function tryOne(ctx: Ctx, id: string): Promise<string | null> {
  try {
    await retryOperation(ctx, { id });
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}

/** The filter as the audit log keeps it: only what was set. */
function asked(filter: Omit<RetryAll, 'cursor'>): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
