import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { cancelOperation } from './cancel-operation';
import { countAttention, getOperation, listOperations } from './queries';
import { resolveOperation } from './resolve-operation';
import { retryOperation } from './retry-operation';
import { retryOperations } from './retry-operations';
import { cancelInput, operationFilter, resolveInput, retryAllInput } from './schema';

export const operationsRouter = router({
  list: staffProcedure.input(operationFilter.prefault({})).query(({ input }) => listOperations(input)),
  get: staffProcedure.input(idInput).query(({ input }) => getOperation(input.id)),
  /** For the number beside "Operations" in the navigation. */
  attention: staffProcedure.query(() => countAttention()),
  retry: staffProcedure.input(idInput).mutation(({ ctx, input }) => retryOperation(ctx, input)),
  retryAll: staffProcedure.input(retryAllInput).mutation(({ ctx, input }) => retryOperations(ctx, input)),
  cancel: staffProcedure.input(cancelInput).mutation(({ ctx, input }) => cancelOperation(ctx, input)),
  resolve: adminProcedure.input(resolveInput).mutation(({ ctx, input }) => resolveOperation(ctx, input)),
});
