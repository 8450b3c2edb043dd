import { router, signedInProcedure, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { createService } from './create-service';
import { getService, getServiceItem, listServices } from './queries';
import { createServiceInput, serviceFilter } from './schema';

export const servicesRouter = router({
  list: signedInProcedure.input(serviceFilter.prefault({})).query(({ ctx, input }) => listServices(ctx, input)),
  get: signedInProcedure.input(idInput).query(({ ctx, input }) => getService(ctx, input.id)),
  create: staffProcedure.input(createServiceInput).mutation(async ({ ctx, input }) => {
    const { serviceId, operationId } = await createService(ctx, input);
    return { ...(await getServiceItem(ctx, serviceId)), operationId };
  }),
});
