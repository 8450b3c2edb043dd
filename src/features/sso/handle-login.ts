import { actorOfRequest } from '@/lib/auth';
import { clientAddress } from '@/lib/client-address';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { uuidv7 } from '@/lib/ids';
import { logger } from '@/lib/logger';
import { isOwnOrigin } from '@/lib/own-origin';
import type { LoginAnswer } from './ask-link';
import { createServerSsoUrl } from './create-server-sso-url';
import { createSsoUrl } from './create-sso-url';
import { type LoginForm, type LoginTrouble, loginForm, TROUBLE_PARAMETER } from './schema';

/** A reason and an id fit in ten times over. */
const MAX_FORM_BYTES = 8_192;
const ID = /^[0-9a-f-]{36}$/;

/** Nothing on the way may keep the link, and the panel does not learn where its visitor came from. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
};

/** Answers the login button of a service: 303 to the panel, or back to its page with a code. */
export function handleServiceLogin(request: Request, serviceId: string): Promise<Response> {
  const page = (ctx: Ctx) => {
    const isCustomer = ctx.actor.type === 'user' && ctx.actor.role === 'CUSTOMER';
    return isCustomer ? `/my/services/${serviceId}` : `/services/${serviceId}`;
  };
  return handle(request, serviceId, page, (ctx, form) => createSsoUrl(ctx, { serviceId, ...form }));
}

/** Answers "Open panel" of a server. */
export function handleServerLogin(request: Request, serverId: string): Promise<Response> {
  return handle(
    request,
    serverId,
    () => `/servers/${serverId}`,
    (ctx, { reason }) => createServerSsoUrl(ctx, { serverId, reason }),
  );
}

async function handle(
  request: Request,
  id: string,
  pageFor: (ctx: Ctx) => string,
  login: (ctx: Ctx, form: LoginForm) => Promise<LoginAnswer>,
): Promise<Response> {
  if (!ID.test(id)) return inWords(404, 'There is no such page. The address is wrong.');
  const actor = await actorOfRequest(request.headers);
  if (!actor) return goTo('/sign-in');
  const ctx: Ctx = { actor, address: clientAddress(request.headers), requestId: uuidv7() };
  const back = (why: LoginTrouble) => goTo(`${pageFor(ctx)}?${TROUBLE_PARAMETER}=${why}`);
  if (!isOwnForm(request)) return back('other-site');
  const form = await readForm(request);
  if (!form) return inWords(400, 'This form is not complete. Nothing was done. Go back and press the button again.');
  try {
    const answer = await login(ctx, form);
    return answer.ok ? goTo(answer.url) : back(answer.why);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_FOUND') return inWords(404, error.message);
    // Never the message: a driver's or a panel's may quote what it was given.
    logger.error({ requestId: ctx.requestId, name: nameOf(error) }, 'a login failed unexpectedly');
    return back('no-answer');
  }
}

/** Browsers name the origin of every form they post; one that does not is none of ours. */
function isOwnForm(request: Request): boolean {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  return origin !== null && isOwnOrigin(request, origin) && (site === null || site === 'same-origin');
}

async function readForm(request: Request): Promise<LoginForm | null> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  const length = request.headers.get('content-length');
  if (type !== 'application/x-www-form-urlencoded') return null;
  if (length === null || !(Number(length) <= MAX_FORM_BYTES)) return null;
  const fields = Object.fromEntries(new URLSearchParams(await request.text()));
  return loginForm.safeParse(fields).data ?? null;
}

function goTo(location: string): Response {
  return new Response(null, { status: 303, headers: { ...HEADERS, location } });
}

function inWords(status: number, words: string): Response {
  return new Response(`${words}\n`, { status, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } });
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);
