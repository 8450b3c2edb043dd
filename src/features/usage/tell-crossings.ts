import { queueEmail } from '@/features/emails/queue-email';
import { usageWarningData } from '@/features/emails/schema';
import { addEvent } from '@/features/operations/add-event';
import { readSettings } from '@/features/settings/read-settings';
import type { Tx } from '@/lib/db';

export interface Crossing {
  serviceId: string;
  metric: 'disk' | 'bandwidth';
  /** 80, 90 or 100 percent of the limit. */
  level: number;
  /** Bytes. */
  used: number;
  limit: number;
}

/**
 * Puts each crossing on its service's timeline, where it stands under the service's newest work, and mails the customer
 * where the settings say so. In the transaction that stores the level: once per crossing.
 */
export async function tellCrossings(tx: Tx, crossings: readonly Crossing[]): Promise<void> {
  if (crossings.length === 0) return;
  if ((await readSettings(tx)).usageMails) await queueWarnings(tx, crossings);
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

async function queueWarnings(tx: Tx, crossings: readonly Crossing[]): Promise<void> {
  const services = await tx.service.findMany({
    where: { id: { in: crossings.map(({ serviceId }) => serviceId) } },
    select: { id: true, domain: true, product: { select: { name: true } }, customer: true },
  });
  const byId = new Map(services.map((service) => [service.id, service]));
  for (const { serviceId, metric, level, used, limit } of crossings) {
    const service = byId.get(serviceId);
    if (!service) continue;
    const { customer, product, domain } = service;
    await queueEmail(tx, {
      // Several in the life of one operation; what makes it once is the level that is stored with it.
      operationId: null,
      serviceId,
      customerId: customer.id,
      template: 'usage-warning',
      language: customer.language,
      to: customer.email,
      data: usageWarningData.parse({
        customer: customer.name,
        product: product.name,
        domain,
        metric,
        level,
        used,
        limit,
      }),
    });
  }
}
