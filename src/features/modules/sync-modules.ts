import { z } from 'zod';
import { db } from '@/lib/db';
import { listModules } from '@/modules/registry';
import type { ServerModuleInterface } from '@/modules/sdk/contract';
import { capabilitiesOf } from './capabilities';

/** Writes a row for each module of the code. What staff wrote (display name, note, active switch) stays theirs. */
export async function syncModules(): Promise<void> {
  for (const module of await listModules()) {
    const facts = factsOf(module);
    await db.serverModule.upsert({
      where: { slug: module.slug },
      create: { slug: module.slug, ...facts },
      update: facts,
    });
  }
}

function factsOf(module: ServerModuleInterface) {
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
