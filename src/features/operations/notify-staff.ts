import { queueEmail } from '@/features/emails/queue-email';
import type { StaffIncident } from '@/features/emails/staff-incident';
import { readSettings } from '@/features/settings/read-settings';
import type { Tx } from '@/lib/db';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What was told longer ago than this is told again. */
const REMEMBERED = '30 days';

/** One mail to staff about the same thing, newest first. */
interface Told {
  kind: string;
  errorKind: string | null;
  at: Date;
  ageMs: number;
}

/**
 * Tells staff by mail, in the surrounding transaction: one mail per incident to each address of the settings, none when
 * there is no address (the dashboard says the same). Called again for the same incident it does nothing: an operation is
 * told once, and only if none ended for the same cause within the hour; a server at most once an hour per kind of trouble, a
 * group once until it had room again.
 */
export async function notifyStaff(tx: Tx, incident: StaffIncident): Promise<void> {
  const { staffEmail, defaultLanguage } = await readSettings(tx);
  if (staffEmail.length === 0) return;
  const about = aboutOf(incident);
  // Cheap first: most calls of a long trouble end here without a lock.
  if (!(await isNews(tx, about, incident))) return;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`staff-notice:${lockOf(incident)}`}, 0))`;
  if (!(await isNews(tx, about, incident))) return;
  for (const to of staffEmail) {
    await queueEmail(tx, {
      // No operation of its own: the timeline belongs to the service, and several addresses may be told of one.
      operationId: null,
      serviceId: 'serviceId' in incident ? incident.serviceId : null,
      customerId: null,
      template: 'staff-notice',
      language: defaultLanguage,
      to,
      data: incident,
    });
  }
}

/** Many operations may end for one cause: the same end and reason, on the same server. */
function causeOf(incident: OperationIncident): { kind: string; code: string; serverId: string | null } {
  const { kind, reason } = incident;
  return { kind, code: reason.code, serverId: 'server' in reason ? reason.server.id : null };
}

type OperationIncident = Extract<StaffIncident, { operationId: string }>;

/** Was somebody told within the hour of another operation that ended for this cause? */
async function isToldCause(tx: Tx, incident: OperationIncident): Promise<boolean> {
  const { kind, code, serverId } = causeOf(incident);
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "EmailMessage"
    WHERE "template" = 'staff-notice' AND "createdAt" > now() - interval '1 hour'
      AND "data"->>'kind' = ${kind} AND "data"->'reason'->>'code' = ${code}
      AND "data"->'reason'->'server'->>'id' IS NOT DISTINCT FROM ${serverId}::text LIMIT 1`;
  return rows.length > 0;
}

/** Whoever tells of the same at the same time waits for the other. */
function lockOf(incident: StaffIncident): string {
  return 'operationId' in incident ? JSON.stringify(causeOf(incident)) : aboutOf(incident);
}

/** What mails are counted by; the key under which the incident's data hold its id. */
function aboutOf(incident: StaffIncident): string {
  if ('operationId' in incident) return incident.operationId;
  if ('serviceId' in incident) return incident.serviceId;
  return 'serverId' in incident ? incident.serverId : incident.groupId;
}

async function isNews(tx: Tx, about: string, incident: StaffIncident): Promise<boolean> {
  const told = await tx.$queryRaw<
    Told[]
  >`SELECT "data"->>'kind' AS "kind", "data"->>'errorKind' AS "errorKind", "createdAt" AS "at",
      (extract(epoch FROM now() - "createdAt") * 1000)::float8 AS "ageMs"
    FROM "EmailMessage"
    WHERE "template" = 'staff-notice' AND "createdAt" > now() - ${REMEMBERED}::interval
      AND ${about} IN ("data"->>'operationId', "data"->>'serverId', "data"->>'groupId', "data"->>'serviceId')
    ORDER BY "createdAt" DESC LIMIT 50`;
  // What was told of the same server in another matter says nothing about this one.
  const last = told.find(({ kind }) => topicOf(kind) === topicOf(incident.kind));
  const lastOfKind = told.find(({ kind }) => kind === incident.kind);
  switch (incident.kind) {
    case 'operation-failed':
    case 'operation-unknown':
      return last === undefined && !(await isToldCause(tx, incident));
    case 'server-held':
      // A server that was said to be well again and is not: told at once, else staff would rely on the wrong mail.
      return last?.kind !== 'server-held' || last.errorKind !== incident.errorKind || last.ageMs >= HOUR_MS;
    case 'server-released':
      return last?.kind === 'server-held' && (lastOfKind === undefined || lastOfKind.ageMs >= HOUR_MS);
    case 'server-offline':
      // The checks call once per change; the pair of mails follows the server.
      return last?.kind !== 'server-offline' || last.ageMs >= HOUR_MS;
    case 'server-online':
      return last?.kind === 'server-offline';
    case 'usage-doubtful':
    case 'sso-foreign-host':
    case 'sso-replay':
      return last === undefined || last.ageMs >= DAY_MS;
    case 'no-room':
      if (!lastOfKind) return true;
      return lastOfKind.ageMs >= HOUR_MS && (await hadRoomSince(tx, incident.groupId, lastOfKind.at));
    case 'capacity-low':
      return lastOfKind === undefined || lastOfKind.ageMs >= DAY_MS;
  }
}

/** Mails about one matter answer each other: held and released, offline and online. */
function topicOf(kind: string): string {
  if (kind.startsWith('operation-')) return 'operation';
  if (kind === 'server-offline' || kind === 'server-online') return 'reachable';
  return kind.startsWith('server-') ? 'hold' : kind;
}

/** An order found a place in this group meanwhile, so this is a new shortage. */
async function hadRoomSince(tx: Tx, groupId: string, since: Date): Promise<boolean> {
  const placed = await tx.placement.findFirst({
    where: { createdAt: { gt: since }, OR: [{ server: { groupId } }, { service: { productId: groupId } }] },
    select: { id: true },
  });
  return placed !== null;
}
