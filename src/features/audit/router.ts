import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { exportAudit } from './export-audit';
import { listAudit } from './queries';
import { auditFilter, exportAuditInput } from './schema';

export const auditRouter = router({
  list: staffProcedure
    .meta({ scope: 'audit:read' })
    .input(auditFilter.prefault({}))
    .query(({ input }) => listAudit(input)),
  /** A change, because it leaves an entry. */
  export: adminProcedure.input(exportAuditInput.prefault({})).mutation(({ ctx, input }) => exportAudit(ctx, input)),
});
