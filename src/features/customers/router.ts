import { adminProcedure, customerProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput, listInput } from '../lists/schema';
import { createCustomer } from './create-customer';
import { exportCustomers } from './export-customers';
import { getOwnAccount, setOwnLanguage } from './own-account';
import { getCustomer, listCustomers } from './queries';
import { removeCustomer } from './remove-customer';
import { createCustomerInput, exportCustomersInput, ownLanguageInput, updateCustomerInput } from './schema';
import { sendSignInLink } from './send-sign-in-link';
import { updateCustomer } from './update-customer';

export const customersRouter = router({
  mine: customerProcedure.query(({ ctx }) => getOwnAccount(ctx)),
  setOwnLanguage: customerProcedure.input(ownLanguageInput).mutation(({ ctx, input }) => setOwnLanguage(ctx, input)),
  sendSignInLink: staffProcedure
    .meta({ scope: 'customers:write' })
    .input(idInput)
    .mutation(({ ctx, input }) => sendSignInLink(ctx, input)),
  list: staffProcedure
    .meta({ scope: 'customers:read' })
    .input(listInput.prefault({}))
    .query(({ input }) => listCustomers(input)),
  get: staffProcedure
    .meta({ scope: 'customers:read' })
    .input(idInput)
    .query(({ input }) => getCustomer(input.id)),
  export: staffProcedure
    .meta({ scope: 'customers:read' })
    .input(exportCustomersInput.prefault({}))
    .query(({ input }) => exportCustomers(input)),
  create: adminProcedure
    .meta({ scope: 'customers:write' })
    .input(createCustomerInput)
    .mutation(({ ctx, input }) => createCustomer(ctx, input)),
  update: adminProcedure
    .meta({ scope: 'customers:write' })
    .input(updateCustomerInput)
    .mutation(({ ctx, input }) => updateCustomer(ctx, input)),
  remove: adminProcedure
    .meta({ scope: 'customers:write' })
    .input(idInput)
    .mutation(({ ctx, input }) => removeCustomer(ctx, input)),
});
