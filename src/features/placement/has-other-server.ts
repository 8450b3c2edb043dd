import { Prisma } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';
import { canTakeOne, type PlaceableProduct, wantedBy } from './candidates';

/** Could another server take this product right now? Nothing is reserved. */
export async function hasOtherServer(tx: Tx, product: PlaceableProduct, avoid: string[]): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(
    Prisma.sql`SELECT 1 FROM "Server" s WHERE ${canTakeOne(wantedBy(product, avoid))} LIMIT 1`,
  );
  return rows.length > 0;
}
