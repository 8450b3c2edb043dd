import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { listInput } from '../lists/schema';
import { createGroup } from './create-group';
import { listGroups } from './queries';
import { createGroupInput } from './schema';

export const groupsRouter = router({
  list: staffProcedure.input(listInput.prefault({})).query(({ input }) => listGroups(input)),
  create: adminProcedure.input(createGroupInput).mutation(({ ctx, input }) => createGroup(ctx, input)),
});
