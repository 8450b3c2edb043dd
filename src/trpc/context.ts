import { TRPCError } from '@trpc/server';
import { actorOfApiKey, bearerOf } from '@/lib/api-key';
import { sessionOfRequest } from '@/lib/auth';
import { addressForLimits, clientAddress } from '@/lib/client-address';
import { uuidv7 } from '@/lib/ids';
import { takeTry } from '@/lib/rate-limit';
import { toTrpcError } from './error-shape';
import type { RequestContext } from './init';

/**
 * Who asks and from where, by the request's headers alone: a program by its key, else a person by the session's cookie.
 * Row and rights are read each time. Throws UNAUTHORIZED for a key that does not count, TOO_MANY_REQUESTS after twenty.
 */
export async function contextOf(headers: Headers, requestId = uuidv7()): Promise<RequestContext> {
  const address = clientAddress(headers);
  const key = bearerOf(headers);
  if (key !== null) return { actor: await requireKey(key, address), session: null, address, requestId };
  const signedIn = await sessionOfRequest(headers);
  return { actor: signedIn?.actor ?? null, session: signedIn?.session ?? null, address, requestId };
}

/** Only wrong keys count: a program that goes on with an old one must not shut out its neighbours. */
async function requireKey(key: string, address: string | null) {
  const actor = await actorOfApiKey(key, address);
  if (actor) return actor;
  await takeTry('api-key', addressForLimits(address)).catch((cause: unknown) => {
    throw toTrpcError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }));
  });
  throw new TRPCError({
    code: 'UNAUTHORIZED',
    message:
      'This API key is not known, has expired or was revoked. Nothing was done. Ask an administrator for a new one.',
  });
}
