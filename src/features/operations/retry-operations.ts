import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { retryOperation } from './retry-operation';

/** Retries each of these operations; those that cannot be retried (any more) are counted, not an error. At most 100 at once. */
export async function retryOperations(ctx: Ctx, input: { ids: string[] }): Promise<{ retried: number; left: number }> {
  let retried = 0;
  for (const id of input.ids) {
    try {
      await retryOperation(ctx, { id });
      retried++;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }
  return { retried, left: input.ids.length - retried };
}
