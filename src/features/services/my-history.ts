import { z } from 'zod';
import type { OperationKind, OperationState } from '@/generated/prisma/enums';
import { db } from '@/lib/db';

/** One line of what happened to a service, as its customer may know it. */
export interface ServiceHistory {
  id: string;
  at: string;
  /** Work on the service, or who looked into its panel (staff; a button outside the client area) or saw its password. */
  what: OperationKind | 'STAFF_LOGIN' | 'OUTSIDE_LOGIN' | 'PASSWORD_SEEN';
  how: 'done' | 'working' | 'stuck' | 'cancelled';
  /** The module's word for one of its own actions. */
  action: string | null;
}

const SHOWN = 50;
const HOW: Record<OperationState, ServiceHistory['how']> = {
  QUEUED: 'working',
  RUNNING: 'working',
  WAITING: 'working',
  UNKNOWN: 'stuck',
  SUCCEEDED: 'done',
  FAILED: 'stuck',
  CANCELLED: 'cancelled',
};
const actionInput = z.object({ actionId: z.string() });

/** Newest first. Of staff it says that they looked, never who or why. */
export async function serviceHistory(
  serviceId: string,
  labelOf: (actionId: string) => string | null,
): Promise<ServiceHistory[]> {
  const operations = await db.operation.findMany({
    where: { serviceId },
    orderBy: { createdAt: 'desc' },
    take: SHOWN,
    select: { id: true, createdAt: true, finishedAt: true, kind: true, state: true, input: true },
  });
  const worked = operations.map(({ id, createdAt, finishedAt, kind, state, input }): ServiceHistory => {
    const asked = kind === 'CUSTOM_ACTION' ? actionInput.safeParse(input).data : undefined;
    const action = asked ? (labelOf(asked.actionId) ?? asked.actionId) : null;
    return { id, at: (finishedAt ?? createdAt).toISOString(), what: kind, how: HOW[state], action };
  });
  return [...worked, ...(await looks(serviceId))].sort((a, b) => b.at.localeCompare(a.at)).slice(0, SHOWN);
}

/** Who entered the panel or saw the password: the customer's own logins from here are no news, all others are. */
async function looks(serviceId: string): Promise<ServiceHistory[]> {
  const entries = await db.auditEntry.findMany({
    where: {
      targetType: { in: ['service', 'Service'] },
      targetId: serviceId,
      action: { in: ['sso.open', 'service.reveal-password'] },
    },
    orderBy: { at: 'desc' },
    take: SHOWN,
    select: { id: true, at: true, action: true, actorId: true, actorType: true },
  });
  const staff = await db.user.findMany({
    where: { id: { in: entries.flatMap(({ actorId }) => actorId ?? []) }, role: { not: 'CUSTOMER' } },
    select: { id: true },
  });
  const isStaff = new Set(staff.map(({ id }) => id));
  return entries
    .filter(
      ({ action, actorId, actorType }) => action !== 'sso.open' || actorType !== 'user' || isStaff.has(actorId ?? ''),
    )
    .map(({ id, at, action, actorType }) => ({
      id,
      at: at.toISOString(),
      what: whatOf(action, actorType),
      how: 'done',
      action: null,
    }));
}

function whatOf(action: string, actorType: string): ServiceHistory['what'] {
  if (action !== 'sso.open') return 'PASSWORD_SEEN';
  return actorType === 'user' ? 'STAFF_LOGIN' : 'OUTSIDE_LOGIN';
}
