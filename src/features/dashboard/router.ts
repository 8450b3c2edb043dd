import { router, staffProcedure } from '@/trpc/init';
import { getDashboard } from './queries';

export const dashboardRouter = router({
  get: staffProcedure.query(() => getDashboard()),
});
