import { adminProcedure, publicProcedure, router, signedInProcedure } from '@/trpc/init';
import { idInput, listInput } from '../lists/schema';
import { changePassword } from './change-password';
import { confirmPassword } from './confirm-password';
import { createFirstAdmin, isFirstRun } from './create-first-admin';
import { disableUser } from './disable-user';
import { enableUser } from './enable-user';
import { inviteUser } from './invite-user';
import { listSessions, listStaff } from './queries';
import { renewPasswordLink } from './renew-password-link';
import { requestLink } from './request-link';
import { revokeOtherSessions } from './revoke-other-sessions';
import { revokeSession } from './revoke-session';
import {
  changePasswordInput,
  confirmPasswordInput,
  createFirstAdminInput,
  inviteUserInput,
  requestLinkInput,
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
  /** Mails a one-time link; the same answer for everybody. */
  requestLink: publicProcedure
    .input(requestLinkInput)
    .mutation(({ ctx, input }) => requestLink({ address: ctx.address, requestId: ctx.requestId }, input)),
  /** By a one-time link. */
  setPassword: publicProcedure
    .input(setPasswordInput)
    .mutation(({ ctx, input }) => setPassword({ address: ctx.address, requestId: ctx.requestId }, input)),
  /** Who is signed in. */
  me: signedInProcedure.meta({ beforeTwoFactor: true }).query(({ ctx }) => {
    const { actor } = ctx;
    return actor.type === 'user'
      ? { id: actor.id, name: actor.name, role: actor.role, customerId: actor.customerId }
      : null;
  }),
  changePassword: signedInProcedure
    .meta({ beforeTwoFactor: true })
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  /** Opens what asks for the password again, in this session, for ten minutes. */
  confirmPassword: signedInProcedure
    .meta({ beforeTwoFactor: true })
    .input(confirmPasswordInput)
    .mutation(({ ctx, input }) => confirmPassword(ctx, input)),
  sessions: signedInProcedure
    .meta({ beforeTwoFactor: true })
    .input(sessionsInput.prefault({}))
    .query(({ ctx, input }) => listSessions(ctx, input)),
  revokeSession: signedInProcedure
    .meta({ beforeTwoFactor: true })
    .input(idInput)
    .mutation(({ ctx, input }) => revokeSession(ctx, input)),
  /** Everywhere but here. */
  revokeOtherSessions: signedInProcedure
    .meta({ beforeTwoFactor: true })
    .mutation(({ ctx }) => revokeOtherSessions(ctx)),
  list: adminProcedure.input(listInput.prefault({})).query(({ input }) => listStaff(input)),
  invite: adminProcedure
    .meta({ stepUp: true })
    .input(inviteUserInput)
    .mutation(({ ctx, input }) => inviteUser(ctx, input)),
  renewPasswordLink: adminProcedure
    .meta({ stepUp: true })
    .input(idInput)
    .mutation(({ ctx, input }) => renewPasswordLink(ctx, input)),
  update: adminProcedure
    .meta({ stepUp: true })
    .input(updateUserInput)
    .mutation(({ ctx, input }) => updateUser(ctx, input)),
  disable: adminProcedure
    .meta({ stepUp: true })
    .input(idInput)
    .mutation(({ ctx, input }) => disableUser(ctx, input)),
  enable: adminProcedure
    .meta({ stepUp: true })
    .input(idInput)
    .mutation(({ ctx, input }) => enableUser(ctx, input)),
});
