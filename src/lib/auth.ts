import { isLocale, type Locale } from '@/i18n/locales';
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

/** Ends every session of a user but the one that is kept; returns how many. */
export async function endSessionsOf(tx: Tx, userId: string, kept?: string): Promise<number> {
  const where = { userId, revokedAt: null, ...(kept === undefined ? {} : { id: { not: kept } }) };
  return (await tx.session.updateMany({ where, data: { revokedAt: new Date() } })).count;
}

/** Sessions that still count, as a condition: the same rules as `actorOfSession`. */
export function liveSessions(now = Date.now()) {
  return { revokedAt: null, expiresAt: { gt: new Date(now) }, lastSeenAt: { gte: new Date(now - IDLE_MS) } };
}

/** What a session says besides who it belongs to. */
export interface SessionFacts {
  id: string;
  /** When the password was last entered in it. */
  passwordAt: Date;
  /** Staff without two-factor sign-in where it is a must: until it is set up they can do nothing else. */
  mustSetUpTwoFactor: boolean;
  /** What a customer chose for pages and mails; null = staff, who choose in each browser. */
  language: Locale | null;
}

export interface SignedIn {
  actor: Extract<Actor, { type: 'user' }>;
  session: SessionFacts;
}

/** Who is behind a session id right now; null when it is revoked, expired or idle, or the user was disabled. */
export async function readSession(id: string | null): Promise<SignedIn | null> {
  if (id === null || !ID.test(id)) return null;
  const session = await db.session.findUnique({
    where: { id },
    select: {
      lastSeenAt: true,
      expiresAt: true,
      revokedAt: true,
      passwordAt: true,
      user: {
        select: {
          id: true,
          name: true,
          role: true,
          disabledAt: true,
          customer: { select: { id: true, language: true } },
          twoFactor: { select: { confirmedAt: true } },
        },
      },
    },
  });
  if (!session || session.revokedAt || session.user.disabledAt) return null;
  const idleMs = Date.now() - session.lastSeenAt.getTime();
  if (session.expiresAt.getTime() <= Date.now() || idleMs > IDLE_MS) return null;
  if (idleMs > TOUCH_MS) await db.session.updateMany({ where: { id }, data: { lastSeenAt: new Date() } });
  const { user, passwordAt } = session;
  const language = user.role === 'CUSTOMER' ? user.customer?.language : undefined;
  const mayLack = user.role === 'CUSTOMER' || Boolean(user.twoFactor?.confirmedAt);
  return {
    actor: { type: 'user', id: user.id, name: user.name, role: user.role, customerId: user.customer?.id ?? null },
    session: {
      id,
      passwordAt,
      mustSetUpTwoFactor: !mayLack && (await isTwoFactorAMust()),
      language: isLocale(language) ? language : null,
    },
  };
}

/** The setting of that name; whoever has no second factor is asked for it at each request. */
async function isTwoFactorAMust(): Promise<boolean> {
  const row = await db.setting.findUnique({ where: { key: 'requireTwoFactor' }, select: { value: true } });
  return row?.value === true;
}

export async function actorOfSession(id: string | null): Promise<Actor | null> {
  return (await readSession(id))?.actor ?? null;
}

/** Who asks, read from the request's cookie and the session row behind it. */
export async function sessionOfRequest(headers: Headers): Promise<SignedIn | null> {
  return readSession(await readSessionId(cookieFrom(headers.get('cookie'), cookieName('session'))));
}

export async function actorOfRequest(headers: Headers): Promise<Actor | null> {
  return (await sessionOfRequest(headers))?.actor ?? null;
}
