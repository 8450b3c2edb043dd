import type { OperationReason } from '@/features/operations/reasons';
import type { Tx } from '@/lib/db';
import type { OpenServer } from './server-access';

/** Why this server gets no changing calls now; null = it does. MAINTENANCE only keeps new services and customers away. */
export function closedBecause({ record }: Pick<OpenServer, 'record'>): OperationReason | null {
  const server = { id: record.id, name: record.name };
  if (record.heldAt !== null) {
    const endedBy = record.nextProbeAt === null ? 'staff' : 'probe';
    return { code: 'server-held', server, words: record.heldReason ?? '', endedBy };
  }
  if (record.isDisabled) return { code: 'server-not-ready', server, state: 'disabled' };
  if (record.status === 'OFFLINE') return { code: 'server-not-ready', server, state: 'offline' };
  return null;
}

/**
 * The same as it stands in this transaction, for whoever is about to wait for it: a server that was opened meanwhile wakes
 * nobody who does not wait yet.
 */
export async function closedNow(tx: Tx, { record }: Pick<OpenServer, 'record'>): Promise<OperationReason | null> {
  await tx.$queryRaw`SELECT 1 FROM "Server" WHERE "id" = ${record.id} FOR NO KEY UPDATE`;
  return closedBecause({ record: await tx.server.findUniqueOrThrow({ where: { id: record.id } }) });
}
