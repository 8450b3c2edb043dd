import { db } from '@/lib/db';
import { type DefinitionSource, keepDefinitions, knownDefinitions } from '@/modules/registry';

/** Reads a definition from its table; what the registry is given at the start. */
export const loadDefinition: DefinitionSource = async (slug, version) => {
  const row = await db.serverModule.findUnique({ where: { slug }, select: { id: true, definitionVersion: true } });
  const wanted = version ?? row?.definitionVersion;
  if (!row || wanted == null) return null;
  const stored = await db.moduleDefinition.findUnique({
    where: { moduleId_version: { moduleId: row.id, version: wanted } },
  });
  return stored && { slug, moduleId: row.id, version: stored.version, definition: stored.definition };
};

/** Brings this process to what is stored: versions that others saved, definitions that are gone. One query if nothing is new. */
export async function syncDefinitions(): Promise<void> {
  const rows = await db.serverModule.findMany({
    where: { definitionVersion: { not: null } },
    select: { id: true, slug: true, definitionVersion: true },
  });
  const known = new Map(knownDefinitions().map((one) => [`${one.moduleId} ${one.version}`, one]));
  const find = async ({ id, slug, definitionVersion }: (typeof rows)[number]) =>
    known.get(`${id} ${definitionVersion}`) ?? (await loadDefinition(slug, null));
  const all = await Promise.all(rows.map(find));
  keepDefinitions(all.filter((one) => one !== null));
}
