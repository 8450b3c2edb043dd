import type { AuditLink } from '@/generated/prisma/client';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { logger } from '@/lib/logger';
import { inTransaction } from '@/lib/transaction';
import { chainAudit } from './chain-audit';
import { type ChainCheck, type ChainFault, readLastCheck, storeCheck } from './chain-state';
import { linkHash } from './link-hash';

const BATCH = 1000;

/** A person asks whether the log is as it was written; that somebody asked is an entry itself. */
export async function checkChainNow(ctx: Ctx): Promise<ChainCheck> {
  const check = await checkChain();
  const after = { entries: check.entries, fault: check.fault?.what ?? 'none' };
  await inTransaction((tx) =>
    recordAudit(tx, ctx, { action: 'audit.check', targetType: 'Audit', targetId: null, after }),
  );
  return check;
}

/**
 * Walks the whole chain and says where it breaks first. The head that the last check saw must still be there, so that
 * cutting off the end is noticed as well; it is also logged, to be kept where nobody who can write the database can.
 */
export async function checkChain(): Promise<ChainCheck> {
  await chainAudit();
  const before = await readLastCheck();
  const walked = await walk();
  const fault = walked.fault ?? (await cutOff(before)) ?? (await neverLinked());
  const check: ChainCheck = { ...walked, fault, checkedAt: new Date().toISOString() };
  await storeCheck(check);
  const told = { entries: check.entries, head: check.head, fault: check.fault };
  if (fault) logger.error(told, 'the audit log is not as it was written');
  else logger.info(told, 'the audit log is as it was written');
  return check;
}

type Walked = Pick<ChainCheck, 'entries' | 'head' | 'fault'>;

async function walk(): Promise<Walked> {
  let last: AuditLink | null = null;
  for (;;) {
    const links: AuditLink[] = await db.auditLink.findMany({
      where: { seq: { gt: last?.seq ?? 0n } },
      orderBy: { seq: 'asc' },
      take: BATCH,
    });
    const rows = await db.auditEntry.findMany({ where: { id: { in: links.map(({ entryId }) => entryId) } } });
    const entries = new Map(rows.map((row) => [row.id, row]));
    for (const link of links) {
      const entry = entries.get(link.entryId);
      const what =
        link.seq !== (last?.seq ?? 0n) + 1n
          ? 'link-missing'
          : entry === undefined
            ? 'entry-missing'
            : linkHash(last?.hash ?? null, entry) !== link.hash
              ? 'entry-changed'
              : null;
      if (what) return { ...headOf(last), fault: { what, entryId: link.entryId, at: entry?.at.toISOString() ?? null } };
      last = link;
    }
    if (links.length < BATCH) return { ...headOf(last), fault: null };
  }
}

const headOf = (last: AuditLink | null): Omit<Walked, 'fault'> => ({
  entries: Number(last?.seq ?? 0n),
  head: last?.hash ?? null,
});

/** The end that the last check saw is not there any more, or is another one. */
async function cutOff(before: ChainCheck | null): Promise<ChainFault | null> {
  if (!before?.head || before.fault) return null;
  const link = await db.auditLink.findUnique({ where: { seq: BigInt(before.entries) } });
  return link?.hash === before.head ? null : { what: 'end-missing', entryId: null, at: before.checkedAt };
}

/** An entry older than the chain looks back was put in later: nothing of ours writes the past. */
async function neverLinked(): Promise<ChainFault | null> {
  const [row] = await db.$queryRaw<{ id: string; at: Date }[]>`SELECT e."id", e."at" FROM "AuditEntry" e
    WHERE e."at" < now() - interval '1 hour' AND NOT EXISTS (SELECT 1 FROM "AuditLink" l WHERE l."entryId" = e."id")
    ORDER BY e."id" LIMIT 1`;
  return row ? { what: 'entry-added', entryId: row.id, at: row.at.toISOString() } : null;
}
