import { adminProcedure, router } from '@/trpc/init';
import { idInput, listInput } from '../lists/schema';
import { createApiKey } from './create-api-key';
import { listApiKeys } from './queries';
import { revokeApiKey } from './revoke-api-key';
import { createApiKeyInput } from './schema';

/** Without scopes: no key looks at, makes or ends keys. */
export const apiKeysRouter = router({
  list: adminProcedure.input(listInput.prefault({})).query(({ input }) => listApiKeys(input)),
  create: adminProcedure
    .meta({ stepUp: true })
    .input(createApiKeyInput)
    .mutation(({ ctx, input }) => createApiKey(ctx, input)),
  revoke: adminProcedure
    .meta({ stepUp: true })
    .input(idInput)
    .mutation(({ ctx, input }) => revokeApiKey(ctx, input)),
});
