import { type NextRequest, NextResponse } from 'next/server';
import { isDevelopment } from '@/env';
import { cookieName, readSessionId, usesHttps } from '@/lib/auth-cookie';

/** Pages that a signed-out visitor may see. */
const OPEN = /^\/(sign-in|setup|set-password|sso)(\/|$)/;

/**
 * Sends signed-out visitors to the sign-in page and sets the headers of every page. It knows no permissions: whether
 * the session still counts and what it may see is decided behind each page by the procedures.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  if (!OPEN.test(pathname) && !(await readSessionId(request.cookies.get(cookieName('session'))?.value))) {
    const target = request.nextUrl.clone();
    target.pathname = '/sign-in';
    target.search = pathname === '/' ? '' : `?${new URLSearchParams({ callbackUrl: `${pathname}${search}` })}`;
    return withHeaders(NextResponse.redirect(target));
  }
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Next reads the nonce for its own scripts from the request's copy of the policy.
  headers.set('content-security-policy', policy);
  const response = withHeaders(NextResponse.next({ request: { headers } }));
  response.headers.set('content-security-policy', policy);
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  const development = isDevelopment();
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    // Browsers hold the target of a redirect against this too, and a login form ends on the panel, wherever it runs.
    "form-action 'self' https: http:",
    "frame-ancestors 'none'",
  ].join('; ');
}

function withHeaders(response: NextResponse): NextResponse {
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('x-frame-options', 'DENY');
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  response.headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  if (usesHttps()) response.headers.set('strict-transport-security', 'max-age=31536000');
  return response;
}

export const config = {
  // /api and /sso answer in their own words; build files and icons are for everybody.
  matcher: ['/((?!api/|sso/|_next/static/|_next/image|favicon\\.ico$|icon\\.svg$|robots\\.txt$).*)'],
};
