import { adminProcedure, router, signedInProcedure, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { getGroupUsage, getServerUsage, getUsage, getUsageHistory } from './queries';
import { refreshServerUsage, refreshUsage } from './refresh-usage';
import { historyInput, serverUsageInput } from './schema';

export const usageRouter = router({
  ofService: signedInProcedure.input(idInput).query(({ ctx, input }) => getUsage(ctx, input.id)),
  history: signedInProcedure.input(historyInput).query(({ ctx, input }) => getUsageHistory(ctx, input.id, input.days)),
  refresh: signedInProcedure.input(idInput).mutation(({ ctx, input }) => refreshUsage(ctx, input.id)),
  ofServer: staffProcedure.input(idInput).query(({ input }) => getServerUsage(input.id)),
  ofGroup: staffProcedure.input(idInput).query(({ input }) => getGroupUsage(input.id)),
  refreshServer: adminProcedure
    .input(serverUsageInput)
    .mutation(({ input }) => refreshServerUsage(input.id, input.trust)),
});
