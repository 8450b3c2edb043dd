import { router, staffProcedure } from '@/trpc/init';
import { getServerChecks } from './queries';
import { checksInput } from './schema';

export const healthRouter = router({
  checks: staffProcedure
    .meta({ scope: 'servers:read' })
    .input(checksInput)
    .query(({ input }) => getServerChecks(input.id, input.hours)),
});
