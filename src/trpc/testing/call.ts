import { encode } from 'next-auth/jwt';
import { env } from '@/env';
import { startSession } from '@/lib/auth';
import { cookieName } from '@/lib/auth-cookie';
import { db } from '@/lib/db';
import { handleTrpc } from '../handler';

/** A `Cookie` header that signs this user in. */
export async function cookieOf(userId: string): Promise<string> {
  const sid = await startSession(db, { userId, address: null, agent: null });
  return `${cookieName('session')}=${await encode({ token: { sid }, secret: env.NEXTAUTH_SECRET })}`;
}

export interface Reply {
  status: number;
  text: string;
}

/** Calls a procedure as the wire does: headers, JSON, content type and all. */
export async function callOverHttp(
  cookie: string,
  { path, type }: { path: string; type: 'query' | 'mutation' | 'subscription' },
  input: unknown,
): Promise<Reply> {
  const headers = { cookie, 'content-type': 'application/json' };
  const url = `http://panel.example/api/trpc/${path}`;
  const request =
    type === 'query'
      ? new Request(input === undefined ? url : `${url}?input=${encodeURIComponent(JSON.stringify(input))}`, {
          headers,
        })
      : new Request(url, { method: 'POST', headers, body: typeof input === 'string' ? input : JSON.stringify(input) });
  const response = await handleTrpc(request);
  return { status: response.status, text: await response.text() };
}
