import { actorOfRequest } from '@/lib/auth';
import { clientAddress } from '@/lib/client-address';
import { uuidv7 } from '@/lib/ids';
import type { RequestContext } from './init';

/** Who asks and from where, by the request's headers alone. The session row is read each time. */
export async function contextOf(headers: Headers, requestId = uuidv7()): Promise<RequestContext> {
  return { actor: await actorOfRequest(headers), address: clientAddress(headers), requestId };
}
