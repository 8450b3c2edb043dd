import { adminProcedure, router } from '@/trpc/init';
import { createCode } from './create-code';
import { createCodeInput } from './schema';

/** Logins from a session go by form (src/app/sso); this is for the company's own programs. */
export const ssoRouter = router({
  createCode: adminProcedure
    .meta({ scope: 'sso:create' })
    .input(createCodeInput)
    .mutation(({ ctx, input }) => createCode(ctx, input)),
});
