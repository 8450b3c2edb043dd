import { serve } from 'inngest/next';
import { inngest } from '~inngest/client';
import { functions } from '~inngest/functions';
import { refuseReplays } from '~inngest/refuse-replays';

// By default the SDK lets anybody make it register its functions anew, with a call to the executor.
const served = serve({ client: inngest, functions, enableUnauthedSync: false });

/** Where the executor calls our durable functions. Signed in every mode but a developer's, and each call runs once. */
export const { GET, PUT } = served;
export const POST = refuseReplays(served.POST);
export const dynamic = 'force-dynamic';
