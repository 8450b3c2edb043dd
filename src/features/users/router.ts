import { adminProcedure, publicProcedure, router, signedInProcedure } from '@/trpc/init';
import { idInput, listInput } from '../lists/schema';
import { changePassword } from './change-password';
import { createFirstAdmin, isFirstRun } from './create-first-admin';
import { disableUser } from './disable-user';
import { enableUser } from './enable-user';
import { inviteUser } from './invite-user';
import { listSessions, listStaff } from './queries';
import { renewPasswordLink } from './renew-password-link';
import { revokeSession } from './revoke-session';
import {
  changePasswordInput,
  createFirstAdminInput,
  inviteUserInput,
  sessionsInput,
  setPasswordInput,
  updateUserInput,
} from './schema';
import { setPassword } from './set-password';
import { updateUser } from './update-user';

export const usersRouter = router({
  /** Is the set-up page open? */
  firstRun: publicProcedure.query(async () => ({ open: await isFirstRun() })),
  createFirstAdmin: publicProcedure
    .input(createFirstAdminInput)
    .mutation(({ ctx, input }) => createFirstAdmin({ address: ctx.address, requestId: ctx.requestId }, input)),
  /** By a one-time link. */
  setPassword: publicProcedure
    .input(setPasswordInput)
    .mutation(({ ctx, input }) => setPassword({ address: ctx.address, requestId: ctx.requestId }, input)),
  /** Who is signed in. */
  me: signedInProcedure.query(({ ctx }) => {
    const { actor } = ctx;
    return actor.type === 'user'
      ? { id: actor.id, name: actor.name, role: actor.role, customerId: actor.customerId }
      : null;
  }),
  changePassword: signedInProcedure.input(changePasswordInput).mutation(({ ctx, input }) => changePassword(ctx, input)),
  sessions: signedInProcedure.input(sessionsInput.prefault({})).query(({ ctx, input }) => listSessions(ctx, input)),
  revokeSession: signedInProcedure.input(idInput).mutation(({ ctx, input }) => revokeSession(ctx, input)),
  list: adminProcedure.input(listInput.prefault({})).query(({ input }) => listStaff(input)),
  invite: adminProcedure.input(inviteUserInput).mutation(({ ctx, input }) => inviteUser(ctx, input)),
  renewPasswordLink: adminProcedure.input(idInput).mutation(({ ctx, input }) => renewPasswordLink(ctx, input)),
  update: adminProcedure.input(updateUserInput).mutation(({ ctx, input }) => updateUser(ctx, input)),
  disable: adminProcedure.input(idInput).mutation(({ ctx, input }) => disableUser(ctx, input)),
  enable: adminProcedure.input(idInput).mutation(({ ctx, input }) => enableUser(ctx, input)),
});
