import { customerProcedure, router, signedInProcedure } from '@/trpc/init';
import { myServiceInput, revealPasswordInput } from './my-schema';
import { getMyService } from './my-service';
import { revealPassword } from './reveal-password';

/** What customers see and do in their own area; a password also staff, with a reason. */
export const myRouter = router({
  service: customerProcedure.input(myServiceInput).query(({ ctx, input }) => getMyService(ctx, input)),
  revealPassword: signedInProcedure.input(revealPasswordInput).mutation(({ ctx, input }) => revealPassword(ctx, input)),
});
