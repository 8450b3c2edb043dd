import type { AuditEntry } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { containing, type Page, readCursor, toCursor } from '@/lib/keyset';
import type { AuditFilter } from './schema';

export interface AuditItem extends Omit<AuditEntry, 'at'> {
  at: string;
}

export async function listAudit(input: AuditFilter): Promise<Page<AuditItem>> {
  const { search, targetType, targetId, limit } = input;
  const position = readCursor(input.cursor);
  const rows = await db.auditEntry.findMany({
    where: {
      AND: [
        search ? { OR: [{ action: containing(search) }, { actorName: containing(search) }] } : {},
        targetType ? { targetType } : {},
        targetId ? { targetId } : {},
        position
          ? { at: { lte: position.createdAt }, OR: [{ at: { lt: position.createdAt } }, { id: { lt: position.id } }] }
          : {},
      ],
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: rows.length > limit && last ? toCursor({ createdAt: last.at, id: last.id }) : null,
  };
}
