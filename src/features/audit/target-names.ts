import { db } from '@/lib/db';

interface Target {
  targetType: string;
  targetId: string | null;
}

type Reader = (ids: string[]) => Promise<{ id: string; name: string | null }[]>;

const where = (ids: string[]) => ({ where: { id: { in: ids } } });
const NAMED = { id: true, name: true } as const;

/** How to name what an entry is about, by its kind. */
const READERS: Record<string, Reader> = {
  Server: (ids) => db.server.findMany({ ...where(ids), select: NAMED }),
  ServerGroup: (ids) => db.serverGroup.findMany({ ...where(ids), select: NAMED }),
  ServerModule: (ids) => db.serverModule.findMany({ ...where(ids), select: NAMED }),
  Product: (ids) => db.product.findMany({ ...where(ids), select: NAMED }),
  Customer: (ids) => db.customer.findMany({ ...where(ids), select: NAMED }),
  ApiKey: (ids) => db.apiKey.findMany({ ...where(ids), select: NAMED }),
  User: (ids) => db.user.findMany({ ...where(ids), select: NAMED }),
  Service: async (ids) => {
    const rows = await db.service.findMany({ ...where(ids), select: { id: true, domain: true, username: true } });
    return rows.map(({ id, domain, username }) => ({ id, name: domain ?? username }));
  },
};

/** The kind as it is spelled in the schema: `server` and `Server` are one. */
export function targetKind(targetType: string): string {
  return targetType.charAt(0).toUpperCase() + targetType.slice(1);
}

/** Both spellings of a kind, for a search. */
export function spellingsOf(targetType: string): string[] {
  return [targetKind(targetType), targetType.charAt(0).toLowerCase() + targetType.slice(1)];
}

/** Today's names of what entries are about, by id; what is gone has none. */
export async function targetNames(targets: readonly Target[]): Promise<Map<string, string>> {
  const found = await Promise.all(
    Object.entries(READERS).map(([kind, read]) => {
      const ids = targets.flatMap(({ targetType, targetId }) =>
        targetId && targetKind(targetType) === kind ? [targetId] : [],
      );
      return ids.length > 0 ? read([...new Set(ids)]) : Promise.resolve([]);
    }),
  );
  return new Map(found.flat().flatMap(({ id, name }) => (name ? [[id, name]] : [])));
}
