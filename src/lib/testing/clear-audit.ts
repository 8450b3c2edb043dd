import { db, type Tx } from '@/lib/db';

/**
 * Runs statements past the triggers that keep the audit log as it was written: only a database owner can, and a test that
 * begins with an empty log or plays an intruder has to.
 */
export function asDatabaseOwner<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = 'replica'`;
    return work(tx);
  });
}

export async function clearAudit(): Promise<void> {
  await asDatabaseOwner(async (tx) => {
    await tx.auditLink.deleteMany();
    await tx.auditEntry.deleteMany();
  });
}
