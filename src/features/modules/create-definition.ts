import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { badInput } from '@/lib/errors';
import { afterCommit, inTransaction } from '@/lib/transaction';
import { genericSlug } from '@/modules/generic-api/definition';
import { judgeDefinition } from './judge-definition';
import { syncDefinitions } from './load-definition';
import type { CreateDefinitionInput } from './schema';

/**
 * Makes a server module from a definition, written here or imported. Throws BAD_INPUT naming the field that is wrong.
 * `warnings`: what it cannot do well although it may be used.
 */
export async function createDefinition(ctx: Ctx, { definition }: CreateDefinitionInput) {
  const { json, facts, warnings } = await judgeDefinition(definition, 1);
  const slug = genericSlug(definition);
  return inTransaction(async (tx) => {
    if (await tx.serverModule.findUnique({ where: { slug }, select: { id: true } })) {
      throw badInput(
        ['definition', 'slug'],
        `There is a module "${definition.slug}" already. Edit that one, or take another short name.`,
      );
    }
    const createdBy = { type: ctx.actor.type, id: ctx.actor.id, name: ctx.actor.name };
    const { id } = await tx.serverModule.create({
      data: { slug, ...facts, definitions: { create: { version: 1, definition: json, createdBy } } },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: 'module.create-definition',
      targetType: 'ServerModule',
      targetId: id,
      after: { name: definition.name, slug, version: 1 },
    });
    afterCommit(syncDefinitions);
    return { id, slug, version: 1, warnings };
  });
}
