import { seal } from '@/lib/crypto';
import { db } from '@/lib/db';
import type { ModulePolicies } from '@/modules/sdk/contract';
import { usernameCandidates } from '@/modules/sdk/names';
import { generatePassword } from '@/modules/sdk/passwords';
import { passwordPlace } from './module-service';

/**
 * Chooses the user name and password of a service and stores them before the panel hears of them, so that an account
 * whose answer was lost can be found again. `refused`: how many names this panel has already refused.
 */
export async function prepareIdentity(serviceId: string, policies: ModulePolicies, refused: number): Promise<void> {
  const service = await db.service.findUniqueOrThrow({ where: { id: serviceId }, include: { customer: true } });
  if (policies.username && service.username === null) {
    const candidates = usernameCandidates({
      serviceId,
      customerId: service.customerId,
      customerName: service.customer.name,
      domain: service.domain,
      policy: policies.username,
    });
    const username = candidates[Math.min(refused, candidates.length - 1)];
    if (username !== undefined)
      await db.service.updateMany({ where: { id: serviceId, username: null }, data: { username } });
  }
  if (policies.password && service.password === null) {
    const password = await seal(generatePassword(policies.password), passwordPlace(serviceId));
    await db.service.updateMany({ where: { id: serviceId, password: null }, data: { password } });
  }
}
