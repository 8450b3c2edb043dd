import { type NextRequest, NextResponse } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/features/sign-in/auth-options';
import { withBodyLimit } from '@/lib/body-limit';

type Context = { params: Promise<{ nextauth: string[] }> };
type Handler = (request: NextRequest, context: Context) => Promise<Response>;

/** An address, a password and a code fit in many times over. */
const MAX_BODY_BYTES = 16 * 1024;

// Settings are read at the first request: the build runs without an environment.
const handler: Handler = (request, context) => (NextAuth(authOptions()) as Handler)(request, context);

export { handler as GET };

/** next-auth reads whatever it is sent: how much and what that may be is decided here. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return refuse(415, 'Only forms are taken here. Nothing was done.');
  const bounded = await withBodyLimit(request, MAX_BODY_BYTES);
  return bounded
    ? handler(bounded, context)
    : refuse(413, `The request is larger than ${MAX_BODY_BYTES / 1024} kB. Nothing was done.`);
}

function refuse(status: number, message: string): Response {
  return NextResponse.json({ message }, { status, headers: { 'cache-control': 'no-store' } });
}
