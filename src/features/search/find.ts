import type { OperationKind, OperationState, ServerStatus, ServiceStatus } from '@/generated/prisma/enums';
import { db } from '@/lib/db';
import { containing, NEWEST_FIRST } from '@/lib/keyset';
import type { FindInput } from './schema';

export interface Found {
  services: { id: string; name: string | null; product: string; customer: string; status: ServiceStatus }[];
  servers: { id: string; name: string; hostname: string; status: ServerStatus; isHeld: boolean; isDisabled: boolean }[];
  customers: { id: string; name: string; email: string }[];
  operations: { id: string; kind: OperationKind; state: OperationState; serviceId: string; service: string | null }[];
}

/** Of each kind; whoever needs more goes to the list. */
const MOST = 6;
const SHORT_ID = /^[0-9a-f]{8}$/i;
const FULL_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What staff mean when they type something: newest of each kind, at most six. */
export async function find({ text }: FindInput): Promise<Found> {
  const ids = await idsMeant(text);
  const [services, servers, customers] = await Promise.all([
    findServices(text, ids.services),
    findServers(text),
    findCustomers(text),
  ]);
  const operations = await findOperations(
    ids.operations,
    services.map(({ id }) => id),
  );
  return { services, servers, customers, operations };
}

async function idsMeant(text: string): Promise<{ services: string[]; operations: string[] }> {
  const id = text.toLowerCase();
  if (FULL_ID.test(id)) return { services: [id], operations: [id] };
  if (!SHORT_ID.test(id)) return { services: [], operations: [] };
  const [services, operations] = await Promise.all([
    db.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Service" WHERE right("id", 8) = ${id} LIMIT ${MOST}`,
    db.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Operation" WHERE right("id", 8) = ${id} LIMIT ${MOST}`,
  ]);
  return { services: services.map((row) => row.id), operations: operations.map((row) => row.id) };
}

async function findServices(text: string, ids: string[]): Promise<Found['services']> {
  const part = containing(text);
  const rows = await db.service.findMany({
    where:
      ids.length > 0
        ? { id: { in: ids } }
        : { OR: [{ domain: part }, { username: part }, { remoteId: part }, { externalRef: text }] },
    orderBy: NEWEST_FIRST,
    take: MOST,
    include: { product: { select: { name: true } }, customer: { select: { name: true } } },
  });
  return rows.map(({ id, domain, username, product, customer, status }) => ({
    id,
    name: domain ?? username,
    product: product.name,
    customer: customer.name,
    status,
  }));
}

async function findServers(text: string): Promise<Found['servers']> {
  const part = containing(text);
  const rows = await db.server.findMany({
    where: { archivedAt: null, OR: [{ id: text }, { name: part }, { hostname: part }, { ipAddress: part }] },
    orderBy: NEWEST_FIRST,
    take: MOST,
  });
  return rows.map(({ id, name, hostname, status, heldAt, isDisabled }) => ({
    id,
    name,
    hostname,
    status,
    isDisabled,
    isHeld: heldAt !== null,
  }));
}

function findCustomers(text: string): Promise<Found['customers']> {
  const part = containing(text);
  const id = FULL_ID.test(text) ? [{ id: text.toLowerCase() }] : [];
  return db.customer.findMany({
    where: { OR: [...id, { name: part }, { email: part }, { externalRef: part }] },
    orderBy: NEWEST_FIRST,
    take: MOST,
    select: { id: true, name: true, email: true },
  });
}

/** By id, else the last ones of the services that were found. */
async function findOperations(ids: string[], serviceIds: string[]): Promise<Found['operations']> {
  if (ids.length === 0 && serviceIds.length === 0) return [];
  const rows = await db.operation.findMany({
    where: { OR: [{ id: { in: ids } }, { serviceId: { in: serviceIds } }] },
    orderBy: NEWEST_FIRST,
    take: MOST,
    include: { service: { select: { domain: true, username: true } } },
  });
  return rows.map(({ id, kind, state, serviceId, service }) => ({
    id,
    kind,
    state,
    serviceId,
    service: service.domain ?? service.username,
  }));
}
