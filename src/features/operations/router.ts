import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { cancelOperation } from './cancel-operation';
import { countAttention, getOperation, listOperations } from './queries';
import { resolveOperation } from './resolve-operation';
import { retryOperation } from './retry-operation';
import { retryOperations } from './retry-operations';
import { cancelInput, operationFilter, resolveInput, retryAllInput } from './schema';

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
  retryAll: staffProcedure
    .meta({ scope: 'operations:change', stepUp: true })
    .input(retryAllInput)
    .mutation(({ ctx, input }) => retryOperations(ctx, input)),
  cancel: staffProcedure
    .meta({ scope: 'operations:change' })
    .input(cancelInput)
    .mutation(({ ctx, input }) => cancelOperation(ctx, input)),
  resolve: adminProcedure
    .meta({ stepUp: true })
    .input(resolveInput)
    .mutation(({ ctx, input }) => resolveOperation(ctx, input)),
});
