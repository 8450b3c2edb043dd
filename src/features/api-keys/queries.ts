import { db } from '@/lib/db';
import { containing, listOrder, type Page } from '@/lib/keyset';
import type { ListInput } from '../lists/schema';
import type { ApiKeyItem } from './schema';

export async function listApiKeys({ search, limit, ...input }: ListInput): Promise<Page<ApiKeyItem>> {
  const matches = search ? { OR: [{ name: containing(search) }, { hint: containing(search) }] } : {};
  const order = listOrder(input);
  const rows = await db.apiKey.findMany({
    where: { AND: [matches, order.following] },
    orderBy: order.orderBy,
    take: limit + 1,
    include: { createdBy: { select: { name: true, disabledAt: true, role: true } } },
  });
  const page = order.toPage(rows, limit);
  const now = Date.now();
  const items = page.items.map(({ id, name, hint, scopes, expiresAt, revokedAt, createdBy, ...row }): ApiKeyItem => {
    const expired = expiresAt !== null && expiresAt.getTime() <= now;
    return {
      id,
      name,
      hint,
      scopes,
      state: revokedAt ? 'revoked' : expired ? 'expired' : 'active',
      expiresAt: expiresAt?.toISOString() ?? null,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      lastUsedAddress: row.lastUsedAddress,
      createdAt: row.createdAt.toISOString(),
      createdBy: createdBy && { name: createdBy.name, active: !createdBy.disabledAt && createdBy.role === 'ADMIN' },
    };
  });
  return { ...page, items };
}
