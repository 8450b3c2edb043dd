import type { ServerModule } from '@/generated/prisma/client';
import type { Definition } from '@/modules/generic-api/definition';
import { genericSlug } from '@/modules/generic-api/definition';
import { makeServerModule } from './server-module';

/** The row of a generic module with its first version; `loadDefinition` finds it. */
export function makeGenericModule(definition: Definition): Promise<ServerModule> {
  const createdBy = { type: 'system', id: null, name: 'test' };
  return makeServerModule({
    name: definition.name,
    slug: genericSlug(definition),
    type: definition.type,
    definitionVersion: 1,
    definitions: { create: { version: 1, definition: JSON.parse(JSON.stringify(definition)), createdBy } },
  });
}
