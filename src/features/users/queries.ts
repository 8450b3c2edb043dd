import { liveSessions } from '@/lib/auth';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { DomainError } from '@/lib/errors';
import { containing, listOrder, type Page } from '@/lib/keyset';
import type { ListInput } from '../lists/schema';
import type { SessionsInput } from './schema';

export interface StaffItem {
  id: string;
  name: string;
  email: string;
  role: 'ADMIN' | 'SUPPORT';
  /** invited = never chose a password. */
  state: 'active' | 'invited' | 'disabled';
  /** Signs in with a code as well. */
  twoFactor: boolean;
  lastSeenAt: string | null;
  createdAt: string;
}

export interface SessionItem {
  id: string;
  address: string | null;
  /** What the browser said of itself. */
  agent: string | null;
  createdAt: string;
  lastSeenAt: string;
  /** The one that asks. */
  current: boolean;
}

export async function listStaff({ search, limit, ...input }: ListInput): Promise<Page<StaffItem>> {
  const matches = search ? { OR: [{ name: containing(search) }, { email: containing(search) }] } : {};
  const order = listOrder(input);
  const rows = await db.user.findMany({
    where: { AND: [{ role: { in: ['ADMIN', 'SUPPORT'] } }, matches, order.following] },
    orderBy: order.orderBy,
    take: limit + 1,
    include: {
      sessions: { orderBy: { lastSeenAt: 'desc' }, take: 1, select: { lastSeenAt: true } },
      twoFactor: { select: { confirmedAt: true } },
    },
  });
  const page = order.toPage(rows, limit);
  const items = page.items.map(
    ({ id, name, email, role, passwordHash, disabledAt, sessions, createdAt, twoFactor }) => ({
      id,
      name,
      email,
      role: role === 'ADMIN' ? ('ADMIN' as const) : ('SUPPORT' as const),
      state: disabledAt ? ('disabled' as const) : passwordHash === null ? ('invited' as const) : ('active' as const),
      twoFactor: Boolean(twoFactor?.confirmedAt),
      lastSeenAt: sessions[0]?.lastSeenAt.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    }),
  );
  return { ...page, items };
}

/** Where somebody is signed in right now: oneself, or anybody for an administrator. Newest sign of life first. */
export async function listSessions({ actor, sessionId }: Ctx, { userId }: SessionsInput): Promise<SessionItem[]> {
  const wanted = userId ?? actor.id ?? '';
  if (wanted !== actor.id && !(actor.type === 'user' && actor.role === 'ADMIN'))
    throw new DomainError('FORBIDDEN', 'Only administrators see where others are signed in.');
  const rows = await db.session.findMany({
    where: { userId: wanted, ...liveSessions() },
    orderBy: { lastSeenAt: 'desc' },
    take: 50,
  });
  return rows.map(({ id, address, agent, createdAt, lastSeenAt }) => ({
    id,
    address,
    agent,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    current: id === sessionId,
  }));
}
