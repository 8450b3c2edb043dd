import { serve } from 'inngest/next';
import { type NextRequest, NextResponse } from 'next/server';
import { withBodyLimit } from '@/lib/body-limit';
import { inngest } from '~inngest/client';
import { functions } from '~inngest/functions';
import { refuseReplays } from '~inngest/refuse-replays';

export const dynamic = 'force-dynamic';

/** What Inngest lets the state of one run grow to. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

// By default the SDK lets anybody make it register its functions anew, with a call to the executor.
const served = serve({ client: inngest, functions, enableUnauthedSync: false });

/** Where the executor calls our durable functions. Signed in every mode but a developer's, and each call runs once. */
export const GET = served.GET;
export const PUT = bounded(served.PUT);
export const POST = bounded(refuseReplays(served.POST));

type Handler = typeof served.POST;

/** A signature is over the whole body, so all of it is read before anybody knows who sends it. */
function bounded(handle: Handler): Handler {
  return async (request: NextRequest, context: unknown) => {
    const small = await withBodyLimit(request, MAX_BODY_BYTES);
    const message = `A call holds at most ${MAX_BODY_BYTES / 1024 / 1024} MB. Nothing was run.`;
    return small ? handle(small, context) : NextResponse.json({ message }, { status: 413 });
  };
}
