import { serve } from 'inngest/next';
import { inngest } from '~inngest/client';
import { functions } from '~inngest/functions';
import { refuseReplays } from '~inngest/refuse-replays';

const served = serve({ client: inngest, functions });

/** Where the executor calls our durable functions. Signed in every mode but a developer's, and each call runs once. */
export const { GET, PUT } = served;
export const POST = refuseReplays(served.POST);
export const dynamic = 'force-dynamic';
