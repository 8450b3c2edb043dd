import { adminProcedure, router } from '@/trpc/init';
import { getSettings } from './queries';
import { sendTestMailInput, updateSettingsInput } from './schema';
import { sendTestMail } from './send-test-mail';
import { updateSettings } from './update-settings';

export const settingsRouter = router({
  get: adminProcedure.query(() => getSettings()),
  update: adminProcedure
    .meta({ stepUp: true })
    .input(updateSettingsInput)
    .mutation(({ ctx, input }) => updateSettings(ctx, input)),
  sendTestMail: adminProcedure.input(sendTestMailInput).mutation(({ ctx, input }) => sendTestMail(ctx, input)),
});
