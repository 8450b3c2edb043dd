import { db } from '@/lib/db';

/** What a run was about, and where more is to be seen. */
export interface AboutRun {
  kind: 'service' | 'email' | 'server';
  id: string;
  title: string;
}

interface Ids {
  operationId: string | null;
  emailId: string | null;
  serverId: string | null;
}

const given = (ids: (string | null)[]) => ids.filter((id) => id !== null);

/** Looks up what the events of these runs name; what is gone since is left without. */
export async function namesOfRuns(runs: Ids[]): Promise<(run: Ids) => AboutRun | null> {
  const [operations, emails, servers] = await Promise.all([
    db.operation.findMany({
      where: { id: { in: given(runs.map(({ operationId }) => operationId)) } },
      select: { id: true, service: { select: { id: true, domain: true, product: { select: { name: true } } } } },
    }),
    db.emailMessage.findMany({
      where: { id: { in: given(runs.map(({ emailId }) => emailId)) } },
      select: { id: true, to: true },
    }),
    db.server.findMany({
      where: { id: { in: given(runs.map(({ serverId }) => serverId)) } },
      select: { id: true, name: true },
    }),
  ]);
  const known = new Map<string, AboutRun>([
    ...operations.map(
      ({ id, service }) =>
        [id, { kind: 'service', id: service.id, title: service.domain ?? service.product.name }] as const,
    ),
    ...emails.map(({ id, to }) => [id, { kind: 'email', id, title: to }] as const),
    ...servers.map(({ id, name }) => [id, { kind: 'server', id, title: name }] as const),
  ]);
  return ({ operationId, emailId, serverId }) => known.get(operationId ?? emailId ?? serverId ?? '') ?? null;
}
