import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { beginTwoFactor } from './begin-two-factor';
import { confirmTwoFactor } from './confirm-two-factor';
import { getTwoFactor } from './queries';
import { removeTwoFactor } from './remove-two-factor';
import { renewRecoveryCodes } from './renew-recovery-codes';
import { resetTwoFactor } from './reset-two-factor';
import { confirmTwoFactorInput, removeTwoFactorInput } from './schema';

/** One's own second factor; `reset` is for a colleague who lost it. */
export const twoFactorRouter = router({
  get: staffProcedure.meta({ beforeTwoFactor: true }).query(({ ctx }) => getTwoFactor(ctx)),
  begin: staffProcedure.meta({ stepUp: true, beforeTwoFactor: true }).mutation(({ ctx }) => beginTwoFactor(ctx)),
  confirm: staffProcedure
    .meta({ beforeTwoFactor: true })
    .input(confirmTwoFactorInput)
    .mutation(({ ctx, input }) => confirmTwoFactor(ctx, input)),
  renewCodes: staffProcedure.meta({ stepUp: true }).mutation(({ ctx }) => renewRecoveryCodes(ctx)),
  remove: staffProcedure
    .meta({ stepUp: true })
    .input(removeTwoFactorInput)
    .mutation(({ ctx, input }) => removeTwoFactor(ctx, input)),
  reset: adminProcedure
    .meta({ stepUp: true })
    .input(idInput)
    .mutation(({ ctx, input }) => resetTwoFactor(ctx, input)),
});
