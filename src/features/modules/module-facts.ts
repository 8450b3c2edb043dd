import { z } from 'zod';
import type { ServerModuleInterface } from '@/modules/sdk/contract';
import { capabilitiesOf } from './capabilities';

/** What a row says of its module: everything but staff's own name, note and switch. */
export function factsOf(module: ServerModuleInterface) {
  const can = capabilitiesOf(module);
  return {
    name: module.name,
    type: module.type ?? 'custom',
    version: module.version,
    description: module.description ?? '',
    // Through JSON: the schema object carries functions that a column cannot hold.
    configSchema: z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(schemaOf(module)))),
    supportsSuspend: can.suspend,
    supportsUnsuspend: can.unsuspend,
    supportsTerminate: can.terminate,
    supportsUsage: can.usage,
    supportsSSO: can.sso,
  };
}

function schemaOf(module: ServerModuleInterface) {
  return z.toJSONSchema(module.configSchema, { io: 'input', unrepresentable: 'any' });
}
