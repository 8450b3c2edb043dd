import type { AuditEntry, AuditLink } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { linkHash } from './link-hash';

const BATCH = 1000;
/** One chain, so one writer; any number that nothing else of ours locks. */
const CHAIN_LOCK = 7_203_411;

/**
 * Links entries that were committed since the last time to the chain, oldest id first. Done after the fact and not in the
 * transaction of a change: one writer at a time would slow every change down. An entry that was committed late is linked
 * late; the order of the chain is the order of its links. Safe to repeat and to run twice at once. Returns how many it linked.
 */
export async function chainAudit(): Promise<number> {
  let linked = 0;
  for (;;) {
    const added = await inTransaction(linkNext);
    linked += added;
    if (added < BATCH) return linked;
  }
}

async function linkNext(tx: Tx): Promise<number> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK})::text`;
  const last = await tx.auditLink.findFirst({ orderBy: { seq: 'desc' } });
  const entries = await unlinked(tx, last);
  const links: AuditLink[] = [];
  for (const entry of entries) {
    const before = links.at(-1) ?? last;
    links.push({
      seq: (before?.seq ?? 0n) + 1n,
      entryId: entry.id,
      hash: linkHash(before?.hash ?? null, entry),
    });
  }
  await tx.auditLink.createMany({ data: links });
  return links.length;
}

/** No transaction of ours lives longer than a minute, so an hour before the last link is far enough back to look. */
async function unlinked(tx: Tx, last: AuditLink | null): Promise<AuditEntry[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT e."id" FROM "AuditEntry" e
    WHERE e."at" >= COALESCE((SELECT "at" - interval '1 hour' FROM "AuditEntry" WHERE "id" = ${last?.entryId ?? null}), '-infinity')
      AND NOT EXISTS (SELECT 1 FROM "AuditLink" l WHERE l."entryId" = e."id")
    ORDER BY e."id" LIMIT ${BATCH}`;
  return tx.auditEntry.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, orderBy: { id: 'asc' } });
}
