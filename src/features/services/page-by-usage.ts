import type { Prisma } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { noPosition, readSortedCursor, toSortedCursor } from '@/lib/keyset';
import type { ServiceFilter } from './schema';

type Sort = NonNullable<ServiceFilter['sort']>;

const COLUMNS = { disk: 'diskUsed', transfer: 'bandwidthUsed' } as const;

interface UsagePage {
  /** What uses most comes first. */
  ids: string[];
  nextCursor: string | null;
}

/** One page of the services that fit, by what they use; those without that figure are not among them. */
export async function pageByUsage(
  where: Prisma.ServiceWhereInput,
  sort: Sort,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<UsagePage> {
  const column = COLUMNS[sort];
  const rows = await db.usageLatest.findMany({
    where: { AND: [{ service: where }, { [column]: { not: null } }, behind(sort, cursor)] },
    orderBy: [{ [column]: 'desc' }, { serviceId: 'desc' }],
    take: limit + 1,
    select: { serviceId: true, diskUsed: true, bandwidthUsed: true },
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last;
  return {
    ids: shown.map(({ serviceId }) => serviceId),
    nextCursor: more ? toSortedCursor(sort, { value: String(last[column]), id: last.serviceId }) : null,
  };
}

function behind(sort: Sort, cursor: string | undefined): Prisma.UsageLatestWhereInput {
  const position = readSortedCursor(sort, cursor);
  if (!position) return {};
  if (!/^\d{1,19}$/.test(position.value)) throw noPosition();
  const value = BigInt(position.value);
  const column = COLUMNS[sort];
  return { OR: [{ [column]: { lt: value } }, { [column]: value, serviceId: { lt: position.id } }] };
}
