import { router, staffProcedure } from '@/trpc/init';
import { idInput, listInput } from '../lists/schema';
import { getModuleItem, listModuleItems } from './queries';

export const modulesRouter = router({
  list: staffProcedure.input(listInput.prefault({})).query(({ input }) => listModuleItems(input)),
  get: staffProcedure.input(idInput).query(({ input }) => getModuleItem(input.id)),
});
