import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { createServer } from './create-server';
import { disableServer } from './disable-server';
import { enableServer } from './enable-server';
import { holdByStaff } from './hold-by-staff';
import { getServerDetail, listServers } from './queries';
import { releaseByStaff } from './release-by-staff';
import { removeServer } from './remove-server';
import {
  createServerInput,
  maintenanceInput,
  serverFilter,
  serverReasonInput,
  testConnectionInput,
  testServerInput,
  updateServerInput,
} from './schema';
import { setMaintenance } from './set-maintenance';
import { testConnection } from './test-connection';
import { testStoredServer } from './test-stored-server';
import { updateServer } from './update-server';

export const serversRouter = router({
  list: staffProcedure.input(serverFilter.prefault({})).query(({ input }) => listServers(input)),
  get: staffProcedure.input(idInput).query(({ input }) => getServerDetail(input.id)),
  create: adminProcedure.input(createServerInput).mutation(({ ctx, input }) => createServer(ctx, input)),
  update: adminProcedure.input(updateServerInput).mutation(({ ctx, input }) => updateServer(ctx, input)),
  remove: adminProcedure.input(serverReasonInput).mutation(({ ctx, input }) => removeServer(ctx, input)),
  testConnection: adminProcedure.input(testConnectionInput).mutation(({ ctx, input }) => testConnection(ctx, input)),
  test: staffProcedure.input(testServerInput).mutation(({ ctx, input }) => testStoredServer(ctx, input)),
  setMaintenance: staffProcedure.input(maintenanceInput).mutation(({ ctx, input }) => setMaintenance(ctx, input)),
  hold: staffProcedure.input(serverReasonInput).mutation(({ ctx, input }) => holdByStaff(ctx, input)),
  release: staffProcedure.input(serverReasonInput).mutation(({ ctx, input }) => releaseByStaff(ctx, input)),
  disable: adminProcedure.input(serverReasonInput).mutation(({ ctx, input }) => disableServer(ctx, input)),
  enable: adminProcedure.input(idInput).mutation(({ ctx, input }) => enableServer(ctx, input)),
});
