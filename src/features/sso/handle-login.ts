import { actorOfRequest } from '@/lib/auth';
import { addressForLimits, clientAddress } from '@/lib/client-address';
import type { Ctx } from '@/lib/context';
import { systemContext } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { uuidv7 } from '@/lib/ids';
import { logger } from '@/lib/logger';
import { takeTry } from '@/lib/rate-limit';
import type { LoginAnswer } from './ask-link';
import { type LoginTrouble, TROUBLE_PARAMETER } from './choices';
import { createServerSsoUrl } from './create-server-sso-url';
import { createSsoUrl } from './create-sso-url';
import { goTo, inWords, isOwnForm, nameOf, readForm } from './login-answers';
import { codeForm, type LoginForm, loginForm } from './schema';
import { type SpentCode, spendCode } from './spend-code';

const ID = /^[0-9a-f-]{36}$/;

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
  if (!ID.test(id)) return inWords(request, 404, 'missing');
  const actor = await actorOfRequest(request.headers);
  if (!actor) return goTo('/sign-in');
  const ctx: Ctx = { actor, address: clientAddress(request.headers), requestId: uuidv7() };
  const back = (why: LoginTrouble) => goTo(`${pageFor(ctx)}?${TROUBLE_PARAMETER}=${why}`);
  if (!isOwnForm(request)) return back('other-site');
  const form = loginForm.safeParse(await readForm(request)).data;
  if (!form) return inWords(request, 400, 'incomplete');
  try {
    const answer = await login(ctx, form);
    return answer.ok ? goTo(answer.url) : back(answer.why);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_FOUND') return inWords(request, 404, 'missing');
    logger.error({ requestId: ctx.requestId, name: nameOf(error) }, 'a login failed unexpectedly');
    return back('no-answer');
  }
}

/** Answers the button of the page behind a one-time address (`createCode`): the visitor needs no session here. */
export async function handleCodeLogin(request: Request): Promise<Response> {
  const visit = { address: clientAddress(request.headers), requestId: uuidv7() };
  if (!isOwnForm(request)) return inWords(request, 403, { trouble: 'other-site' });
  const form = codeForm.safeParse(await readForm(request)).data;
  if (!form) return inWords(request, 400, 'incomplete');
  try {
    await takeTry('panel-code', addressForLimits(visit.address));
    const spent = await spendCode(visit, form.code);
    if (!spent.ok) return inWords(request, 410, spent.why);
    return await enterBy(request, visit, spent);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_FOUND') return inWords(request, 404, 'missing');
    if (error instanceof DomainError && error.code === 'TOO_MANY_REQUESTS') return inWords(request, 429, 'slow-down');
    logger.error({ requestId: visit.requestId, name: nameOf(error) }, 'a login by code failed unexpectedly');
    return inWords(request, 503, { trouble: 'no-answer' });
  }
}

async function enterBy(
  request: Request,
  visit: Omit<Ctx, 'actor'>,
  { serviceId, customerId, action, madeBy }: Extract<SpentCode, { ok: true }>,
): Promise<Response> {
  const ctx = { ...visit, actor: systemContext(`Login code made by ${madeBy}`).actor };
  const answer = await createSsoUrl(ctx, { serviceId, action, reason: '', codeFor: { customerId } });
  return answer.ok ? goTo(answer.url) : inWords(request, STATUS[answer.why] ?? 409, { trouble: answer.why });
}

const STATUS: Partial<Record<LoginTrouble, number>> = { 'too-many': 429, 'foreign-host': 502, 'no-answer': 502 };
