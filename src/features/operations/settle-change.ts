import { holdServer } from '@/features/servers/hold-server';
import type { Found } from '@/features/services/look-up-account';
import type { Tx } from '@/lib/db';
import type { ModuleError } from '@/modules/sdk/errors';
import { inTurn, type StepEnd } from './claim-operation';
import type { ChangeStep } from './decide-after-change';
import { mayTakeNewKey } from './decide-next';
import { handleProvisioningError } from './handle-provisioning-error';
import type { ChangeWork } from './load-change';
import { parkOperation, planRetry } from './park-operation';
import type { OperationReason } from './reasons';

const PROBE_SECONDS = 30;

export interface ChangeFailure {
  /** How the change itself ended. */
  error: ModuleError;
  found?: Found;
}

/** Writes down what comes after a change that did not say "done": one transaction, in the run's turn. */
export function settleChange(
  work: ChangeWork,
  next: ChangeStep,
  failure: ChangeFailure & { shown: ModuleError },
): Promise<StepEnd> {
  return inTurn(work.run, async (tx) => {
    const counts = next.do !== 'hold-server' && next.do !== 'wait';
    await tx.operation.update({
      where: { id: work.operation.id },
      data: {
        ...(counts && { attemptCount: work.operation.attemptCount }),
        ...(mayTakeNewKey(failure.error, !work.uncertain) && { callNumber: { increment: 1 } }),
      },
    });
    return write(tx, work, next, failure);
  });
}

async function write(
  tx: Tx,
  work: ChangeWork,
  next: ChangeStep,
  { shown: error, found }: ChangeFailure & { shown: ModuleError },
): Promise<StepEnd> {
  const { run, open } = work;
  const server = { id: open.record.id, name: open.record.name };
  const { kind, words } = error;
  switch (next.do) {
    case 'retry':
      return planRetry(
        tx,
        run,
        { code: 'trying-again', server, kind, words, attempt: work.operation.attemptCount },
        next.afterSeconds,
      );
    case 'wait':
      return parkOperation(tx, run, { code: 'rate-limited', server, words }, next.afterSeconds);
    case 'hold-server':
      await holdServer(tx, server.id, kind, words);
      return parkOperation(tx, run, { code: 'server-trouble', server, kind, words }, PROBE_SECONDS);
    case 'fail':
      return handleProvisioningError(tx, run.operationId, 'FAILED', failedBecause(work, next.code, error));
    case 'ask-a-person':
      return handleProvisioningError(
        tx,
        run.operationId,
        'UNKNOWN',
        next.code === 'not-ours'
          ? { code: 'not-ours', server, found: found?.found === 'other' ? found.words : words }
          : { code: 'cannot-tell', server, kind, words },
      );
    case 'done':
    case 'look-up':
    case 'test-server':
      throw new Error(`"${next.do}" has to be carried out before the change is settled`);
  }
}

function failedBecause(
  work: ChangeWork,
  code: 'panel-refused' | 'gave-up' | 'account-gone',
  error: ModuleError,
): OperationReason {
  const server = { id: work.open.record.id, name: work.open.record.name };
  const { kind, words, field } = error;
  switch (code) {
    case 'gave-up':
      return { code, server, kind, words, attempts: work.operation.attemptCount };
    case 'account-gone':
      return { code, server, words };
    case 'panel-refused':
      return { code, server, kind, words, field: field ?? null };
  }
}
