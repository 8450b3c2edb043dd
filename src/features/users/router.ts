import { publicProcedure, router, signedInProcedure } from '@/trpc/init';
import { createFirstAdmin, isFirstRun } from './create-first-admin';
import { createFirstAdminInput } from './schema';

export const usersRouter = router({
  /** Is the set-up page open? */
  firstRun: publicProcedure.query(async () => ({ open: await isFirstRun() })),
  createFirstAdmin: publicProcedure
    .input(createFirstAdminInput)
    .mutation(({ ctx, input }) => createFirstAdmin({ address: ctx.address, requestId: ctx.requestId }, input)),
  /** Who is signed in. */
  me: signedInProcedure.query(({ ctx }) => {
    const { actor } = ctx;
    return actor.type === 'user'
      ? { id: actor.id, name: actor.name, role: actor.role, customerId: actor.customerId }
      : null;
  }),
});
