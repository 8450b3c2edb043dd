import { usersRouter } from '@/features/users/router';
import { createCallerFactory, router } from './init';

export const appRouter = router({
  users: usersRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
