import { router, staffProcedure } from '@/trpc/init';
import { listAudit } from './queries';
import { auditFilter } from './schema';

export const auditRouter = router({
  list: staffProcedure.input(auditFilter.prefault({})).query(({ input }) => listAudit(input)),
});
