import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { cancelOperation } from './cancel-operation';
import { countRetryable } from './matching-operations';
import { countAttention, getOperation, listOperations } from './queries';
import { resolveOperation } from './resolve-operation';
import { retryMatching } from './retry-matching';
import { retryOperation } from './retry-operation';
import { cancelInput, matchingInput, operationFilter, resolveInput, retryAllInput } from './schema';

export const operationsRouter = router({
  list: staffProcedure
    .meta({ scope: 'operations:read' })
    .input(operationFilter.prefault({}))
    .query(({ input }) => listOperations(input)),
  get: staffProcedure
    .meta({ scope: 'operations:read' })
    .input(idInput)
    .query(({ input }) => getOperation(input.id)),
  /** For the number beside "Operations" in the navigation. */
  attention: staffProcedure.meta({ scope: 'operations:read' }).query(() => countAttention()),
  retry: staffProcedure
    .meta({ scope: 'operations:change' })
    .input(idInput)
    .mutation(({ ctx, input }) => retryOperation(ctx, input)),
  /** What `retryAll` would begin with this filter. */
  countRetryable: staffProcedure
    .meta({ scope: 'operations:read' })
    .input(matchingInput.prefault({}))
    .query(({ input }) => countRetryable(input)),
  retryAll: staffProcedure
    .meta({ scope: 'operations:change', stepUp: true })
    .input(retryAllInput)
    .mutation(({ ctx, input }) => retryMatching(ctx, input)),
  cancel: staffProcedure
    .meta({ scope: 'operations:change' })
    .input(cancelInput)
    .mutation(({ ctx, input }) => cancelOperation(ctx, input)),
  resolve: adminProcedure
    .meta({ stepUp: true })
    .input(resolveInput)
    .mutation(({ ctx, input }) => resolveOperation(ctx, input)),
});
