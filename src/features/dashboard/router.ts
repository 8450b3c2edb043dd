import { router, staffProcedure } from '@/trpc/init';
import { readForecasts } from './forecasts';
import { getDashboard } from './queries';

export const dashboardRouter = router({
  get: staffProcedure.query(() => getDashboard()),
  forecasts: staffProcedure.query(() => readForecasts()),
});
