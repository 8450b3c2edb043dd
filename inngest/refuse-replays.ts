type Handler<Call extends Request, Rest extends unknown[]> = (
  request: Call,
  ...rest: Rest
) => Promise<Response> | Response;

/** As long as a signature counts: Inngest's SDK refuses one that is older. */
const COUNTS_MS = 5 * 60_000;
/** Forgotten only when this many calls were made; those that still count are kept. */
const SWEEP_AT = 20_000;

// Next loads this file more than once per process: what was seen must be known to all of them.
const shared = globalThis as unknown as { hybleSeenCalls?: Map<string, number> };
shared.hybleSeenCalls ??= new Map();
const seen = shared.hybleSeenCalls;

/**
 * A signed call runs once: whoever has overheard one must not be able to send it again. The signature covers body and
 * second, so an executor that repeats a call makes another one. The refusal is not the SDK's, so the embedded executor
 * takes it for a web process that is not ready and counts no attempt. One process knows its own calls only; steps are
 * safe to run twice for all else.
 */
export function refuseReplays<Call extends Request, Rest extends unknown[]>(
  handle: Handler<Call, Rest>,
): (...call: [Call, ...Rest]) => Promise<Response> {
  return async (request, ...rest) => {
    const signature = request.headers.get('x-inngest-signature');
    if (signature === null) return handle(request, ...rest);
    if ((seen.get(signature) ?? 0) > Date.now()) {
      return Response.json(
        { message: 'This call was made before: a signature counts once. Nothing was run.' },
        { status: 401 },
      );
    }
    sweep();
    // Before the call, so that two at the same time are told apart too.
    seen.set(signature, Date.now() + COUNTS_MS);
    const response = await handle(request, ...rest);
    // One that was never valid takes no place.
    if (response.status === 401) seen.delete(signature);
    return response;
  };
}

function sweep(): void {
  if (seen.size < SWEEP_AT) return;
  const now = Date.now();
  for (const [signature, until] of seen) if (until <= now) seen.delete(signature);
}
