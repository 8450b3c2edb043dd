import { z } from 'zod';
import type { Prisma } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { badInput } from '@/lib/errors';
import type { ServiceFilter } from './schema';

type Sort = NonNullable<ServiceFilter['sort']>;

const COLUMNS = { disk: 'diskUsed', transfer: 'bandwidthUsed' } as const;
const position = z.tuple([z.enum(['disk', 'transfer']), z.coerce.bigint(), z.string().min(1).max(64)]);

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
    nextCursor: more ? toCursor([sort, String(last[column]), last.serviceId]) : null,
  };
}

function behind(sort: Sort, cursor: string | undefined): Prisma.UsageLatestWhereInput {
  if (cursor === undefined) return {};
  const [by, value, serviceId] = readPosition(cursor);
  // A cursor of another order says nothing about this one.
  if (by !== sort) throw noPosition();
  const column = COLUMNS[sort];
  return { OR: [{ [column]: { lt: value } }, { [column]: value, serviceId: { lt: serviceId } }] };
}

const toCursor = (at: string[]) => Buffer.from(JSON.stringify(at)).toString('base64url');

function readPosition(cursor: string): z.infer<typeof position> {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw noPosition();
  }
}

const noPosition = () =>
  badInput(['cursor'], 'This is no position in a list of this order. Leave it out to begin at the start.');
