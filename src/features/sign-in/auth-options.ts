import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { env, publicUrl } from '@/env';
import { actorOfSession, endSession } from '@/lib/auth';
import { cookieName, SESSION_SECONDS, usesHttps } from '@/lib/auth-cookie';
import { clientAddress } from '@/lib/client-address';
import { DomainError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { checkSignIn } from './check-sign-in';
import { type SignInError, safeReturnPath, signInInput } from './schema';
import { signInByLink } from './sign-in-by-link';

/** next-auth's settings: its JWT carries a session id and nothing else; the row behind it decides. */
export function authOptions(): AuthOptions {
  const secure = usesHttps();
  const cookie = (kind: 'session' | 'csrf' | 'return') => ({
    name: cookieName(kind),
    options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure },
  });
  return {
    secret: env.NEXTAUTH_SECRET,
    useSecureCookies: secure,
    cookies: { sessionToken: cookie('session'), csrfToken: cookie('csrf'), callbackUrl: cookie('return') },
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' }, code: { type: 'text' } },
        authorize: (credentials, request) => authorize(credentials, toHeaders(request.headers ?? {})),
      }),
      CredentialsProvider({
        id: 'link',
        credentials: { code: { type: 'text' } },
        authorize: (credentials, request) => authorizeLink(credentials?.code, toHeaders(request.headers ?? {})),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      session: async ({ session, token }) => {
        const actor = await actorOfSession(typeof token.sid === 'string' ? token.sid : null);
        return actor ? { expires: session.expires, user: { name: actor.name } } : { expires: session.expires };
      },
      redirect: ({ url }) => new URL(safeReturnPath(pathOf(url)), publicUrl()).href,
    },
    events: {
      signOut: ({ token }) => (typeof token.sid === 'string' ? endSession(token.sid) : Promise.resolve()),
    },
    logger: {
      // Its own texts only: the second argument may hold what was posted.
      error: (code) => logger.error({ code }, 'sign-in failed unexpectedly'),
      warn: (code) => logger.debug({ code }, 'sign-in'),
      debug: () => {},
    },
  };
}

/** What the sign-in page reads in `?error=`. */
class Refusal extends Error {
  constructor(code: SignInError) {
    super(code);
  }
}

async function authorize(credentials: unknown, headers: Headers): Promise<{ id: string } | null> {
  const input = signInInput.safeParse(credentials);
  if (!input.success) return null;
  const visitor = { address: clientAddress(headers), agent: headers.get('user-agent') };
  return refusing(async () => {
    const answer = await checkSignIn(visitor, input.data);
    if (answer === 'code-needed') throw new Refusal('CodeNeeded');
    if (answer === 'code-wrong') throw new Refusal('CodeWrong');
    return answer && { id: answer.sessionId };
  });
}

/** By a mailed one-time link: posted by the button of its page, never by opening it. */
async function authorizeLink(code: string | undefined, headers: Headers): Promise<{ id: string } | null> {
  if (!code || code.length > 100) return null;
  const visitor = { address: clientAddress(headers), agent: headers.get('user-agent') };
  return refusing(async () => {
    const session = await signInByLink(visitor, code);
    return session && { id: session.sessionId };
  });
}

/** The text of an error thrown here becomes part of an address, so it is a code and never a message. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof DomainError && error.code === 'TOO_MANY_REQUESTS') throw new Refusal('RateLimited');
    logger.error({ name: error instanceof Error ? error.name : 'unknown' }, 'sign-in could not be checked');
    throw new Refusal('Unavailable');
  }
}

function toHeaders(given: Record<string, string | string[] | undefined>): Headers {
  return new Headers(Object.entries(given).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));
}

/** The path of an address on this program; null for any other site. */
function pathOf(url: string): string | null {
  if (url.startsWith('/')) return url;
  const base = publicUrl();
  return url === base || url.startsWith(`${base}/`) ? url.slice(base.length) || '/' : null;
}
