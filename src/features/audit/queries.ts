import type { AuditEntry } from '@/generated/prisma/client';
import type { AuditEntryWhereInput } from '@/generated/prisma/models';
import { db } from '@/lib/db';
import { containing, type Page, readCursor, toCursor } from '@/lib/keyset';
import type { AuditFilter } from './schema';
import { spellingsOf, targetKind, targetNames } from './target-names';

export interface AuditItem extends Omit<AuditEntry, 'at'> {
  at: string;
  /** Its name today; null when it is gone or has none. */
  targetName: string | null;
}

export async function listAudit({ limit, cursor, ...filter }: AuditFilter): Promise<Page<AuditItem>> {
  const position = readCursor(cursor);
  const rows = await db.auditEntry.findMany({
    where: {
      AND: [
        matching(filter),
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
  const names = await targetNames(shown);
  return {
    items: shown.map((row) => ({
      ...row,
      targetType: targetKind(row.targetType),
      targetName: names.get(row.targetId ?? '') ?? null,
      at: row.at.toISOString(),
    })),
    nextCursor: rows.length > limit && last ? toCursor({ createdAt: last.at, id: last.id }) : null,
  };
}

function matching(filter: Omit<AuditFilter, 'limit' | 'cursor'>): AuditEntryWhereInput {
  const { search, targetType, targetId, actorType, from, to } = filter;
  const text = search ? containing(search) : undefined;
  return {
    ...(text
      ? { OR: [{ action: text }, { actorName: text }, { reason: text }, { targetId: search }, { requestId: search }] }
      : {}),
    ...(targetType ? { targetType: { in: spellingsOf(targetType) } } : {}),
    ...(targetId ? { targetId } : {}),
    ...(actorType ? { actorType } : {}),
    ...(from || to
      ? {
          at: {
            ...(from ? { gte: new Date(`${from}T00:00:00Z`) } : {}),
            ...(to ? { lt: new Date(Date.parse(`${to}T00:00:00Z`) + 24 * 3600_000) } : {}),
          },
        }
      : {}),
  };
}
