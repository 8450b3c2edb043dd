import { router, staffProcedure } from '@/trpc/init';
import { getExecutor } from './queries';

export const executorRouter = router({
  status: staffProcedure.query(() => getExecutor()),
});
