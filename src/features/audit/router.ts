import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { readLastCheck } from './chain-state';
import { checkChainNow } from './check-chain';
import { exportAudit } from './export-audit';
import { listAudit } from './queries';
import { auditFilter, exportAuditInput } from './schema';

export const auditRouter = router({
  list: staffProcedure
    .meta({ scope: 'audit:read' })
    .input(auditFilter.prefault({}))
    .query(({ input }) => listAudit(input)),
  /** What the last check of the log found; null before the first. */
  chain: staffProcedure.meta({ scope: 'audit:read' }).query(() => readLastCheck()),
  checkChain: adminProcedure.mutation(({ ctx }) => checkChainNow(ctx)),
  /** A change, because it leaves an entry. */
  export: adminProcedure.input(exportAuditInput.prefault({})).mutation(({ ctx, input }) => exportAudit(ctx, input)),
});
