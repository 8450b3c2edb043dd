import { db } from '@/lib/db';
import type { DefinitionSource } from '@/modules/registry';

/** Reads a definition from its table; what the registry is given at the start. */
export const loadDefinition: DefinitionSource = async (slug, version) => {
  const row = await db.serverModule.findUnique({ where: { slug }, select: { id: true, definitionVersion: true } });
  const wanted = version ?? row?.definitionVersion;
  if (!row || wanted == null) return null;
  const stored = await db.moduleDefinition.findUnique({
    where: { moduleId_version: { moduleId: row.id, version: wanted } },
  });
  return stored && { moduleId: row.id, version: stored.version, definition: stored.definition };
};
