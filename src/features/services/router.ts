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
  list: signedInProcedure.input(serviceFilter.prefault({})).query(({ ctx, input }) => listServices(ctx, input)),
  get: signedInProcedure.input(idInput).query(({ ctx, input }) => getService(ctx, input.id)),
  export: staffProcedure.input(exportServicesInput.prefault({})).query(({ ctx, input }) => exportServices(ctx, input)),
  offers: signedInProcedure.input(offersInput).query(({ ctx, input }) => readServiceOffers(ctx, input)),
  create: staffProcedure.input(createServiceInput).mutation(async ({ ctx, input }) => {
    const { serviceId, operationId } = await createService(ctx, input);
    return { ...(await getServiceItem(ctx, serviceId)), operationId };
  }),
  suspend: staffProcedure.input(suspendInput).mutation(({ ctx, input }) => requestSuspend(ctx, input)),
  unsuspend: staffProcedure.input(serviceIdInput).mutation(({ ctx, input }) => requestUnsuspend(ctx, input)),
  terminate: adminProcedure.input(terminateInput).mutation(({ ctx, input }) => requestTerminate(ctx, input)),
  undoTerminate: adminProcedure.input(serviceIdInput).mutation(({ ctx, input }) => undoTerminate(ctx, input)),
  changePassword: signedInProcedure
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => requestChangePassword(ctx, input)),
  changePackage: staffProcedure
    .input(changePackageInput)
    .mutation(({ ctx, input }) => requestChangePackage(ctx, input)),
  action: signedInProcedure.input(actionInput).mutation(({ ctx, input }) => requestAction(ctx, input)),
});
