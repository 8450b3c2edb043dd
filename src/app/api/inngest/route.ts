import { serve } from 'inngest/next';
import { inngest } from '~inngest/client';
import { functions } from '~inngest/functions';

/** Where the executor calls our durable functions. Signed in every mode but a developer's. */
export const { GET, POST, PUT } = serve({ client: inngest, functions });
export const dynamic = 'force-dynamic';
