'use client';

import { CancelOperationButton } from './cancel-operation-button';
import type { OperationView } from './operation-view';
import { RetryButton } from './retry-button';
import { SettleOperation } from './settle-operation';

/** What staff may press for one piece of work, as it stands. */
export function OperationActions({
  operation,
}: {
  operation: Pick<OperationView, 'id' | 'kind' | 'state' | 'canRetry'>;
}) {
  const { id, kind, state, canRetry } = operation;
  return (
    <div className="flex flex-wrap gap-2 empty:hidden">
      {(state === 'WAITING' || state === 'QUEUED') && <CancelOperationButton operationId={id} />}
      {(state === 'UNKNOWN' || (state === 'FAILED' && canRetry)) && (
        <SettleOperation operationId={id} creates={kind === 'CREATE'} />
      )}
      {canRetry && <RetryButton operationId={id} />}
    </div>
  );
}
