import { createDefinition } from '@/features/modules/create-definition';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { genericSlug } from '@/modules/generic-api/definition';
import { depotDefinition } from '@/modules/generic-api/demo';

/** A module without code, to look at and to try: it speaks with the simulated panel that no module of ours knows. */
export async function seedDefinition(ctx: Ctx): Promise<void> {
  const slug = genericSlug(depotDefinition);
  const known = await db.serverModule.findUnique({ where: { slug }, select: { id: true } });
  if (!known) await createDefinition(ctx, { definition: depotDefinition });
}
