import type { Tx } from '@/lib/db';
import { addEvent } from './add-event';
import type { Run, StepEnd } from './claim-operation';
import type { OperationReason } from './reasons';

/**
 * The run ends, the operation waits as a row until `afterSeconds` are over or somebody wakes it.
 * Call it inside the run's turn.
 */
export async function parkOperation(tx: Tx, run: Run, reason: OperationReason, afterSeconds: number): Promise<StepEnd> {
  const [row] = await tx.$queryRaw<{ nextTryAt: Date }[]>`UPDATE "Operation"
    SET "state" = 'WAITING', "reason" = ${JSON.stringify(reason)}::jsonb, "runId" = NULL, "staleAt" = NULL, "updatedAt" = now(),
        "nextTryAt" = now() + make_interval(secs => ${afterSeconds}::float8)
    WHERE "id" = ${run.operationId} RETURNING "nextTryAt"`;
  await addEvent(tx, run.operationId, 'parked', {
    code: reason.code,
    nextTryAt: row?.nextTryAt.toISOString() ?? null,
    words: 'words' in reason ? reason.words : null,
  });
  return { next: 'stop', why: reason.code };
}

/** The run stays, and its step is called again after a short while (at most two minutes). */
export async function planRetry(tx: Tx, run: Run, reason: OperationReason, afterSeconds: number): Promise<StepEnd> {
  const words = 'words' in reason ? (reason.words ?? '') : '';
  await tx.$executeRaw`UPDATE "Operation" SET "reason" = ${JSON.stringify(reason)}::jsonb, "updatedAt" = now(),
      "nextTryAt" = now() + make_interval(secs => ${afterSeconds}::float8),
      "staleAt" = now() + make_interval(secs => ${afterSeconds + 60}::float8)
    WHERE "id" = ${run.operationId}`;
  await addEvent(tx, run.operationId, 'retry-planned', { seconds: afterSeconds, words });
  return { next: 'again', afterSeconds, words };
}
