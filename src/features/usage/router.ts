import { adminProcedure, router, signedInProcedure, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { getGroupUsage, getServerUsage, getUsage, getUsageHistory } from './queries';
import { refreshServerUsage, refreshUsage } from './refresh-usage';
import { historyInput, serverUsageInput } from './schema';

export const usageRouter = router({
  ofService: signedInProcedure
    .meta({ scope: 'services:read' })
    .input(idInput)
    .query(({ ctx, input }) => getUsage(ctx, input.id)),
  history: signedInProcedure
    .meta({ scope: 'services:read' })
    .input(historyInput)
    .query(({ ctx, input }) => getUsageHistory(ctx, input.id, input.days)),
  refresh: signedInProcedure
    .meta({ scope: 'services:change' })
    .input(idInput)
    .mutation(({ ctx, input }) => refreshUsage(ctx, input.id)),
  ofServer: staffProcedure
    .meta({ scope: 'servers:read' })
    .input(idInput)
    .query(({ input }) => getServerUsage(input.id)),
  ofGroup: staffProcedure
    .meta({ scope: 'servers:read' })
    .input(idInput)
    .query(({ input }) => getGroupUsage(input.id)),
  refreshServer: adminProcedure
    .meta({ scope: 'servers:write' })
    .input(serverUsageInput)
    .mutation(({ ctx, input }) => refreshServerUsage(ctx, input.id, input.trust)),
});
