import { router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { countAttention, getOperation, listOperations } from './queries';
import { retryOperation } from './retry-operation';
import { operationFilter } from './schema';

export const operationsRouter = router({
  list: staffProcedure.input(operationFilter.prefault({})).query(({ input }) => listOperations(input)),
  get: staffProcedure.input(idInput).query(({ input }) => getOperation(input.id)),
  /** For the number beside "Operations" in the navigation. */
  attention: staffProcedure.query(() => countAttention()),
  retry: staffProcedure.input(idInput).mutation(({ ctx, input }) => retryOperation(ctx, input)),
});
