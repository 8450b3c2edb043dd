import { addEvent } from '@/features/operations/add-event';
import type { Tx } from '@/lib/db';

export interface Crossing {
  serviceId: string;
  metric: 'disk' | 'bandwidth';
  /** 80, 90 or 100 percent of the limit. */
  level: number;
}

/** Puts each crossing on its service's timeline: there it stands under the service's newest work. */
export async function tellCrossings(tx: Tx, crossings: readonly Crossing[]): Promise<void> {
  if (crossings.length === 0) return;
  const ids = [...new Set(crossings.map(({ serviceId }) => serviceId))];
  const newest = await tx.$queryRaw<
    { id: string; serviceId: string }[]
  >`SELECT DISTINCT ON ("serviceId") "id", "serviceId"
    FROM "Operation" WHERE "serviceId" = ANY(${ids}) ORDER BY "serviceId", "createdAt" DESC`;
  const operationOf = new Map(newest.map(({ id, serviceId }) => [serviceId, id]));
  for (const { serviceId, metric, level } of crossings) {
    const operationId = operationOf.get(serviceId);
    // A service that was brought in without an operation shows the level on its usage alone.
    if (operationId) await addEvent(tx, operationId, 'usage-crossed', { metric, level });
  }
}
