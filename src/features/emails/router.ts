import { router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { getEmail, listEmails } from './queries';
import { listEmailsInput } from './schema';

export const emailsRouter = router({
  list: staffProcedure.input(listEmailsInput.prefault({})).query(({ input }) => listEmails(input)),
  get: staffProcedure.input(idInput).query(({ input }) => getEmail(input.id)),
});
