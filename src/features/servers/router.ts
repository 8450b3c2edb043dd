import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { createServer } from './create-server';
import { disableServer } from './disable-server';
import { enableServer } from './enable-server';
import { exportServers } from './export-servers';
import { holdByStaff } from './hold-by-staff';
import { setLoginHosts } from './login-hosts';
import { getServerDetail, listServers } from './queries';
import { releaseByStaff } from './release-by-staff';
import { removeServer } from './remove-server';
import {
  createServerInput,
  exportServersInput,
  loginHostsInput,
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
  list: staffProcedure
    .meta({ scope: 'servers:read' })
    .input(serverFilter.prefault({}))
    .query(({ input }) => listServers(input)),
  get: staffProcedure
    .meta({ scope: 'servers:read' })
    .input(idInput)
    .query(({ input }) => getServerDetail(input.id)),
  export: staffProcedure
    .meta({ scope: 'servers:read' })
    .input(exportServersInput.prefault({}))
    .query(({ input }) => exportServers(input)),
  create: adminProcedure
    .meta({ scope: 'servers:write', stepUp: true })
    .input(createServerInput)
    .mutation(({ ctx, input }) => createServer(ctx, input)),
  update: adminProcedure
    .meta({ scope: 'servers:write', stepUp: true })
    .input(updateServerInput)
    .mutation(({ ctx, input }) => updateServer(ctx, input)),
  remove: adminProcedure
    .meta({ scope: 'servers:write', stepUp: true })
    .input(serverReasonInput)
    .mutation(({ ctx, input }) => removeServer(ctx, input)),
  testConnection: adminProcedure
    .meta({ scope: 'servers:write' })
    .input(testConnectionInput)
    .mutation(({ ctx, input }) => testConnection(ctx, input)),
  test: staffProcedure
    .meta({ scope: 'servers:write' })
    .input(testServerInput)
    .mutation(({ ctx, input }) => testStoredServer(ctx, input)),
  setLoginHosts: adminProcedure
    .meta({ scope: 'servers:write', stepUp: true })
    .input(loginHostsInput)
    .mutation(({ ctx, input }) => setLoginHosts(ctx, input)),
  setMaintenance: staffProcedure
    .meta({ scope: 'servers:write' })
    .input(maintenanceInput)
    .mutation(({ ctx, input }) => setMaintenance(ctx, input)),
  hold: staffProcedure
    .meta({ scope: 'servers:write' })
    .input(serverReasonInput)
    .mutation(({ ctx, input }) => holdByStaff(ctx, input)),
  release: staffProcedure
    .meta({ scope: 'servers:write' })
    .input(serverReasonInput)
    .mutation(({ ctx, input }) => releaseByStaff(ctx, input)),
  disable: adminProcedure
    .meta({ scope: 'servers:write' })
    .input(serverReasonInput)
    .mutation(({ ctx, input }) => disableServer(ctx, input)),
  enable: adminProcedure
    .meta({ scope: 'servers:write' })
    .input(idInput)
    .mutation(({ ctx, input }) => enableServer(ctx, input)),
});
