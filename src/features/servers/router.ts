import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { getServer, listServers } from './queries';
import { createServer } from './save-server';
import { createServerInput, serverFilter } from './schema';

export const serversRouter = router({
  list: staffProcedure.input(serverFilter.prefault({})).query(({ input }) => listServers(input)),
  get: staffProcedure.input(idInput).query(({ input }) => getServer(input.id)),
  create: adminProcedure.input(createServerInput).mutation(({ ctx, input }) => createServer(ctx, input)),
});
