import { apiKeysRouter } from '@/features/api-keys/router';
import { auditRouter } from '@/features/audit/router';
import { customersRouter } from '@/features/customers/router';
import { dashboardRouter } from '@/features/dashboard/router';
import { emailsRouter } from '@/features/emails/router';
import { executorRouter } from '@/features/executor/router';
import { groupsRouter } from '@/features/groups/router';
import { healthRouter } from '@/features/health/router';
import { modulesRouter } from '@/features/modules/router';
import { operationsRouter } from '@/features/operations/router';
import { placementRouter } from '@/features/placement/router';
import { productsRouter } from '@/features/products/router';
import { searchRouter } from '@/features/search/router';
import { serversRouter } from '@/features/servers/router';
import { myRouter } from '@/features/services/my-router';
import { servicesRouter } from '@/features/services/router';
import { settingsRouter } from '@/features/settings/router';
import { ssoRouter } from '@/features/sso/router';
import { twoFactorRouter } from '@/features/two-factor/router';
import { usageRouter } from '@/features/usage/router';
import { usersRouter } from '@/features/users/router';
import { createCallerFactory, router } from './init';

export const appRouter = router({
  apiKeys: apiKeysRouter,
  audit: auditRouter,
  customers: customersRouter,
  dashboard: dashboardRouter,
  emails: emailsRouter,
  executor: executorRouter,
  groups: groupsRouter,
  health: healthRouter,
  modules: modulesRouter,
  my: myRouter,
  operations: operationsRouter,
  placement: placementRouter,
  products: productsRouter,
  search: searchRouter,
  servers: serversRouter,
  services: servicesRouter,
  settings: settingsRouter,
  sso: ssoRouter,
  twoFactor: twoFactorRouter,
  usage: usageRouter,
  users: usersRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
