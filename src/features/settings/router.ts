import { adminProcedure, publicProcedure, router } from '@/trpc/init';
import { getSettings } from './queries';
import { readCompany } from './read-company';
import { sendTestMailInput, updateSettingsInput } from './schema';
import { sendTestMail } from './send-test-mail';
import { updateSettings } from './update-settings';

export const settingsRouter = router({
  /** Name and contact, for the pages that customers see. */
  company: publicProcedure.query(() => readCompany()),
  get: adminProcedure.query(() => getSettings()),
  update: adminProcedure
    .meta({ stepUp: true })
    .input(updateSettingsInput)
    .mutation(({ ctx, input }) => updateSettings(ctx, input)),
  sendTestMail: adminProcedure.input(sendTestMailInput).mutation(({ ctx, input }) => sendTestMail(ctx, input)),
});
