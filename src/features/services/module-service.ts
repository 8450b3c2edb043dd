import { z } from 'zod';
import { unseal } from '@/lib/crypto';
import { db } from '@/lib/db';
import type { ModuleService } from '@/modules/sdk/contract';

export const chosenOptions = z.array(z.object({ optionId: z.string(), quantity: z.number() }));
const record = z.record(z.string(), z.unknown());

/** What the order asked for, kept as it was: a product changed later does not change a running create. */
export const createSnapshot = z.object({ moduleSettings: record, configOptions: chosenOptions });

export function passwordPlace(serviceId: string) {
  return { table: 'Service', id: serviceId, column: 'password' };
}

/** A service as its module sees it, with the password opened. `input` is the operation's, if it froze any settings. */
export async function loadModuleService(serviceId: string, input: unknown): Promise<ModuleService> {
  const service = await db.service.findUniqueOrThrow({
    where: { id: serviceId },
    include: { product: true, customer: true },
  });
  const frozen = createSnapshot.safeParse(input);
  return {
    id: service.id,
    status: service.status,
    domain: service.domain,
    username: service.username,
    password: service.password === null ? null : await unseal(service.password, passwordPlace(service.id)),
    remoteId: service.remoteId,
    dedicatedIp: service.dedicatedIp,
    additionalData: record.parse(service.additionalData),
    configOptions: frozen.success ? frozen.data.configOptions : chosenOptions.parse(service.configOptions),
    product: {
      id: service.product.id,
      name: service.product.name,
      moduleSettings: frozen.success ? frozen.data.moduleSettings : record.parse(service.product.moduleSettings),
    },
    customer: {
      id: service.customer.id,
      email: service.customer.email,
      name: service.customer.name,
      language: service.customer.language,
    },
  };
}
