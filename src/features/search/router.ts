import { router, staffProcedure } from '@/trpc/init';
import { find } from './find';
import { findInput } from './schema';

export const searchRouter = router({
  find: staffProcedure.input(findInput).query(({ input }) => find(input)),
});
