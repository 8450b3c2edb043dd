import { router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { exportEmails } from './export-emails';
import { listTemplates, previewTemplate } from './preview-template';
import { getEmail, listEmails } from './queries';
import { exportEmailsInput, listEmailsInput, previewTemplateInput } from './schema';
import { sendEmailNow } from './send-email-now';

export const emailsRouter = router({
  list: staffProcedure
    .meta({ scope: 'emails:read' })
    .input(listEmailsInput.prefault({}))
    .query(({ input }) => listEmails(input)),
  export: staffProcedure
    .meta({ scope: 'emails:read' })
    .input(exportEmailsInput.prefault({}))
    .query(({ input }) => exportEmails(input)),
  get: staffProcedure
    .meta({ scope: 'emails:read' })
    .input(idInput)
    .query(({ input }) => getEmail(input.id)),
  sendNow: staffProcedure.input(idInput).mutation(({ ctx, input }) => sendEmailNow(ctx, input)),
  templates: staffProcedure.query(() => listTemplates()),
  previewTemplate: staffProcedure.input(previewTemplateInput.prefault({})).query(({ input }) => previewTemplate(input)),
});
