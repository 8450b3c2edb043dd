import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { getModuleDetail, listModuleItems } from './queries';
import { moduleFilter, moduleInput, updateModuleInput } from './schema';
import { updateModule } from './update-module';

export const modulesRouter = router({
  list: staffProcedure
    .meta({ scope: 'catalogue:read' })
    .input(moduleFilter.prefault({}))
    .query(({ input }) => listModuleItems(input)),
  get: staffProcedure
    .meta({ scope: 'catalogue:read' })
    .input(moduleInput)
    .query(({ input }) => getModuleDetail(input)),
  update: adminProcedure.input(updateModuleInput).mutation(({ ctx, input }) => updateModule(ctx, input)),
});
