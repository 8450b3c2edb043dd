import { cookieFrom, cookieName, readSessionId, SESSION_SECONDS } from './auth-cookie';
import type { Actor } from './context';
import { db, type Tx } from './db';

/** A session that nobody used for this long has ended. */
const IDLE_MS = 24 * 3600_000;
/** "Last seen" is written at most this often: reading must not mean writing. */
const TOUCH_MS = 5 * 60_000;

const ID = /^[0-9a-f-]{36}$/;

/** Starts a session row; the cookie carries nothing but its id. */
export async function startSession(
  tx: Tx,
  session: { userId: string; address: string | null; agent: string | null },
): Promise<string> {
  const { id } = await tx.session.create({
    data: {
      userId: session.userId,
      address: session.address,
      agent: session.agent?.slice(0, 300) ?? null,
      expiresAt: new Date(Date.now() + SESSION_SECONDS * 1000),
    },
    select: { id: true },
  });
  return id;
}

/** Ends a session at once, on every page and device that holds its cookie. */
export async function endSession(id: string): Promise<void> {
  if (!ID.test(id)) return;
  await db.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
}

/** Sessions that still count, as a condition: the same rules as `actorOfSession`. */
export function liveSessions(now = Date.now()) {
  return { revokedAt: null, expiresAt: { gt: new Date(now) }, lastSeenAt: { gte: new Date(now - IDLE_MS) } };
}

/** Who is behind a session id right now; null when it is revoked, expired or idle, or the user was disabled. */
export async function actorOfSession(id: string | null): Promise<Actor | null> {
  if (id === null || !ID.test(id)) return null;
  const session = await db.session.findUnique({
    where: { id },
    select: {
      lastSeenAt: true,
      expiresAt: true,
      revokedAt: true,
      user: { select: { id: true, name: true, role: true, disabledAt: true, customer: { select: { id: true } } } },
    },
  });
  if (!session || session.revokedAt || session.user.disabledAt) return null;
  const idleMs = Date.now() - session.lastSeenAt.getTime();
  if (session.expiresAt.getTime() <= Date.now() || idleMs > IDLE_MS) return null;
  if (idleMs > TOUCH_MS) await db.session.updateMany({ where: { id }, data: { lastSeenAt: new Date() } });
  const { user } = session;
  return { type: 'user', id: user.id, name: user.name, role: user.role, customerId: user.customer?.id ?? null };
}

/** Who asks, read from the request's cookie and the session row behind it. */
export async function actorOfRequest(headers: Headers): Promise<Actor | null> {
  return actorOfSession(await readSessionId(cookieFrom(headers.get('cookie'), cookieName('session'))));
}
