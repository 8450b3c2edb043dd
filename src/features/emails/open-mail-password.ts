import { passwordPlace } from '@/features/services/module-service';
import { unseal } from '@/lib/crypto';
import { db } from '@/lib/db';

/** The service's password, where its product sends it by mail and one is known; else null. */
export async function openMailPassword(serviceId: string | null): Promise<string | null> {
  if (!serviceId) return null;
  const service = await db.service.findUnique({
    where: { id: serviceId },
    select: { password: true, product: { select: { sendPassword: true } } },
  });
  if (!service?.product.sendPassword || !service.password) return null;
  return unseal(service.password, passwordPlace(serviceId));
}
