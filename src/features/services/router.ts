import { adminProcedure, router, signedInProcedure, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { createService } from './create-service';
import { exportServices } from './export-services';
import { getService, getServiceItem, listServices } from './queries';
import { requestAction } from './request-action';
import { requestChangePackage } from './request-change-package';
import { requestChangePassword } from './request-change-password';
import { requestSuspend } from './request-suspend';
import { requestTerminate } from './request-terminate';
import { requestUnsuspend } from './request-unsuspend';
import {
  actionInput,
  changePackageInput,
  changePasswordInput,
  createServiceInput,
  exportServicesInput,
  offersInput,
  serviceFilter,
  serviceIdInput,
  suspendInput,
  terminateInput,
} from './schema';
import { readServiceOffers } from './service-offers';
import { undoTerminate } from './undo-terminate';

export const servicesRouter = router({
  list: signedInProcedure
    .meta({ scope: 'services:read' })
    .input(serviceFilter.prefault({}))
    .query(({ ctx, input }) => listServices(ctx, input)),
  get: signedInProcedure
    .meta({ scope: 'services:read' })
    .input(idInput)
    .query(({ ctx, input }) => getService(ctx, input.id)),
  export: staffProcedure
    .meta({ scope: 'services:read' })
    .input(exportServicesInput.prefault({}))
    .query(({ ctx, input }) => exportServices(ctx, input)),
  offers: signedInProcedure
    .meta({ scope: 'services:read' })
    .input(offersInput)
    .query(({ ctx, input }) => readServiceOffers(ctx, input)),
  create: staffProcedure
    .meta({ scope: 'services:create' })
    .input(createServiceInput)
    .mutation(async ({ ctx, input }) => {
      const { serviceId, operationId } = await createService(ctx, input);
      return { ...(await getServiceItem(ctx, serviceId)), operationId };
    }),
  suspend: staffProcedure
    .meta({ scope: 'services:change' })
    .input(suspendInput)
    .mutation(({ ctx, input }) => requestSuspend(ctx, input)),
  unsuspend: staffProcedure
    .meta({ scope: 'services:change' })
    .input(serviceIdInput)
    .mutation(({ ctx, input }) => requestUnsuspend(ctx, input)),
  terminate: adminProcedure
    .meta({ scope: 'services:terminate', stepUp: true })
    .input(terminateInput)
    .mutation(({ ctx, input }) => requestTerminate(ctx, input)),
  undoTerminate: adminProcedure
    .meta({ scope: 'services:terminate' })
    .input(serviceIdInput)
    .mutation(({ ctx, input }) => undoTerminate(ctx, input)),
  changePassword: signedInProcedure
    .meta({ scope: 'services:change' })
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => requestChangePassword(ctx, input)),
  changePackage: staffProcedure
    .meta({ scope: 'services:change' })
    .input(changePackageInput)
    .mutation(({ ctx, input }) => requestChangePackage(ctx, input)),
  action: signedInProcedure
    .meta({ scope: 'services:change' })
    .input(actionInput)
    .mutation(({ ctx, input }) => requestAction(ctx, input)),
});
