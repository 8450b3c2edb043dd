import { seal } from '@/lib/crypto';
import { db } from '@/lib/db';
import type { ModulePolicies, ModuleService } from '@/modules/sdk/contract';
import { usernameCandidates } from '@/modules/sdk/names';
import { generatePassword } from '@/modules/sdk/passwords';
import { passwordPlace } from './module-service';

/**
 * Chooses the user name and password of a service and stores them before the panel hears of them, so that an account
 * whose answer was lost can be found again.
 */
export async function prepareIdentity(serviceId: string, policies: ModulePolicies): Promise<void> {
  const service = await db.service.findUniqueOrThrow({ where: { id: serviceId }, include: { customer: true } });
  if (policies.username && service.username === null) {
    const [username] = usernameCandidates({
      serviceId,
      customerId: service.customerId,
      customerName: service.customer.name,
      domain: service.domain,
      policy: policies.username,
    });
    if (username !== undefined)
      await db.service.updateMany({ where: { id: serviceId, username: null }, data: { username } });
  }
  if (policies.password && service.password === null) {
    const password = await seal(generatePassword(policies.password), passwordPlace(serviceId));
    await db.service.updateMany({ where: { id: serviceId, password: null }, data: { password } });
  }
}

/** The name to try after the one this panel has already for somebody else; null = all were tried. */
export function nextUsername(
  { id, customer, domain, username }: ModuleService,
  policies: ModulePolicies,
): string | null {
  if (!policies.username || username === null) return null;
  const names = usernameCandidates({
    serviceId: id,
    customerId: customer.id,
    customerName: customer.name,
    domain,
    policy: policies.username,
  });
  return names[names.indexOf(username) + 1] ?? null;
}
