import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput, listInput } from '../lists/schema';
import { createGroup } from './create-group';
import { orderServers } from './order-servers';
import { getGroup, listGroups } from './queries';
import { removeGroup } from './remove-group';
import { createGroupInput, orderServersInput, updateGroupInput } from './schema';
import { updateGroup } from './update-group';

export const groupsRouter = router({
  list: staffProcedure
    .meta({ scope: 'catalogue:read' })
    .input(listInput.prefault({}))
    .query(({ input }) => listGroups(input)),
  get: staffProcedure
    .meta({ scope: 'catalogue:read' })
    .input(idInput)
    .query(({ input }) => getGroup(input.id)),
  create: adminProcedure
    .meta({ scope: 'catalogue:write' })
    .input(createGroupInput)
    .mutation(({ ctx, input }) => createGroup(ctx, input)),
  update: adminProcedure
    .meta({ scope: 'catalogue:write' })
    .input(updateGroupInput)
    .mutation(({ ctx, input }) => updateGroup(ctx, input)),
  orderServers: adminProcedure
    .meta({ scope: 'catalogue:write' })
    .input(orderServersInput)
    .mutation(({ ctx, input }) => orderServers(ctx, input)),
  remove: adminProcedure
    .meta({ scope: 'catalogue:write' })
    .input(idInput)
    .mutation(({ ctx, input }) => removeGroup(ctx, input)),
});
