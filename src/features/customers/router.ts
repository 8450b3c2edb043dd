import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput, listInput } from '../lists/schema';
import { createCustomer } from './create-customer';
import { exportCustomers } from './export-customers';
import { getCustomer, listCustomers } from './queries';
import { removeCustomer } from './remove-customer';
import { createCustomerInput, exportCustomersInput, updateCustomerInput } from './schema';
import { updateCustomer } from './update-customer';

export const customersRouter = router({
  list: staffProcedure.input(listInput.prefault({})).query(({ input }) => listCustomers(input)),
  get: staffProcedure.input(idInput).query(({ input }) => getCustomer(input.id)),
  export: staffProcedure.input(exportCustomersInput.prefault({})).query(({ input }) => exportCustomers(input)),
  create: adminProcedure.input(createCustomerInput).mutation(({ ctx, input }) => createCustomer(ctx, input)),
  update: adminProcedure.input(updateCustomerInput).mutation(({ ctx, input }) => updateCustomer(ctx, input)),
  remove: adminProcedure.input(idInput).mutation(({ ctx, input }) => removeCustomer(ctx, input)),
});
