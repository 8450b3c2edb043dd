import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { getModuleDetail, listModuleItems } from './queries';
import { moduleFilter, moduleInput, updateModuleInput } from './schema';
import { updateModule } from './update-module';

export const modulesRouter = router({
  list: staffProcedure.input(moduleFilter.prefault({})).query(({ input }) => listModuleItems(input)),
  get: staffProcedure.input(moduleInput).query(({ input }) => getModuleDetail(input)),
  update: adminProcedure.input(updateModuleInput).mutation(({ ctx, input }) => updateModule(ctx, input)),
});
