import { customersRouter } from '@/features/customers/router';
import { emailsRouter } from '@/features/emails/router';
import { groupsRouter } from '@/features/groups/router';
import { modulesRouter } from '@/features/modules/router';
import { productsRouter } from '@/features/products/router';
import { serversRouter } from '@/features/servers/router';
import { usersRouter } from '@/features/users/router';
import { createCallerFactory, router } from './init';

export const appRouter = router({
  customers: customersRouter,
  emails: emailsRouter,
  groups: groupsRouter,
  modules: modulesRouter,
  products: productsRouter,
  servers: serversRouter,
  users: usersRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
