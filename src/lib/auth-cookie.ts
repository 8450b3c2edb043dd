import { decode } from 'next-auth/jwt';
import { env, publicUrl } from '@/env';

/** A session ends after this, however busy it is. */
export const SESSION_SECONDS = 7 * 24 * 3600;

export function usesHttps(): boolean {
  return publicUrl().startsWith('https:');
}

/**
 * Browsers keep one set of cookies per host, whatever the port: two copies of the program on one machine would sign
 * each other out, so a plain-http cookie carries the port in its name: that of the public address, which all processes
 * of one installation share.
 */
export function cookieName(kind: 'session' | 'csrf' | 'return'): string {
  return usesHttps() ? `__Host-hyble-${kind}` : `hyble-${kind}-${new URL(publicUrl()).port || '80'}`;
}

/** The session id inside the signed and encrypted cookie; null for none, a forged or an expired one. */
export async function readSessionId(cookie: string | undefined): Promise<string | null> {
  if (!cookie) return null;
  const token = await decode({ token: cookie, secret: env.NEXTAUTH_SECRET }).catch(() => null);
  return typeof token?.sid === 'string' ? token.sid : null;
}

/** One cookie out of a `Cookie` header. */
export function cookieFrom(header: string | null, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
