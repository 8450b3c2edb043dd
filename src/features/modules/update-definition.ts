import { recordAudit } from '@/lib/audit';
import { canonicalJson } from '@/lib/canonical-json';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { badInput, DomainError, notFound } from '@/lib/errors';
import { afterCommit, inTransaction } from '@/lib/transaction';
import { type Definition, definitionSchema, genericSlug } from '@/modules/generic-api/definition';
import { judgeDefinition } from './judge-definition';
import { syncDefinitions } from './load-definition';
import type { UpdateDefinitionInput } from './schema';

/**
 * Saves a definition as its next version; the same content makes none. Work that is under way goes on with the version
 * it began with. Throws BAD_INPUT naming the field, CONFLICT when somebody saved another version meanwhile.
 */
export async function updateDefinition(ctx: Ctx, { id, definition, version: edited, note }: UpdateDefinitionInput) {
  const version = edited + 1;
  const { json, facts, warnings } = await judgeDefinition(definition, version);
  return inTransaction(async (tx) => {
    const stored = await lockDefinition(tx, id);
    if (stored.version !== edited) {
      throw new DomainError(
        'CONFLICT',
        `Version ${stored.version} of this definition was saved meanwhile. Nothing was changed. Load it and make your change there.`,
      );
    }
    if (genericSlug(definition) !== stored.slug)
      throw badInput(['definition', 'slug'], 'The short name cannot be changed: servers and products refer to it.');
    if (canonicalJson(json) === canonicalJson(stored.json)) return { id, version: edited, warnings };
    await refuseMissing(tx, id, stored.definition, definition);
    await tx.serverModule.update({ where: { id }, data: facts });
    const createdBy = { type: ctx.actor.type, id: ctx.actor.id, name: ctx.actor.name };
    await tx.moduleDefinition.create({
      data: { moduleId: id, version, definition: json, createdBy, ...(note ? { note } : {}) },
    });
    await recordAudit(tx, ctx, {
      action: 'module.update-definition',
      targetType: 'ServerModule',
      targetId: id,
      ...(note ? { reason: note } : {}),
      before: { name: stored.definition.name, version: edited },
      after: { name: definition.name, version },
    });
    afterCommit(syncDefinitions);
    return { id, version, warnings };
  });
}

/** The newest version, held for the rest of the transaction. Throws NOT_FOUND also for modules that are code. */
export async function lockDefinition(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT 1 FROM "ServerModule" WHERE "id" = ${id} FOR UPDATE`;
  const row = await tx.serverModule.findUnique({ where: { id } });
  if (row?.definitionVersion == null) throw notFound('definition');
  const { slug, name, definitionVersion: version } = row;
  const { definition: json } = await tx.moduleDefinition.findUniqueOrThrow({
    where: { moduleId_version: { moduleId: id, version } },
  });
  return { slug, name, version, json, definition: definitionSchema.parse(json) };
}

/** What exists was filled in by the old version: nothing may be demanded of it that nobody could have given. */
async function refuseMissing(tx: Tx, moduleId: string, before: Definition, after: Definition): Promise<void> {
  const servers = await tx.server.count({ where: { moduleId, archivedAt: null } });
  const products = await tx.product.count({ where: { moduleId } });
  if (servers > 0 && before.connection.authentication.by !== after.connection.authentication.by) {
    throw badInput(
      ['definition', 'connection', 'authentication'],
      `${servers} ${servers === 1 ? 'server has' : 'servers have'} a login of the old kind. Remove them first, or make a second definition.`,
    );
  }
  refuseNewFields('serverFields', before, after, servers, servers === 1 ? 'server' : 'servers');
  refuseNewFields('productFields', before, after, products, products === 1 ? 'product' : 'products');
}

function refuseNewFields(
  list: 'serverFields' | 'productFields',
  before: Definition,
  after: Definition,
  count: number,
  what: string,
): void {
  if (count === 0) return;
  const optional = (field: Definition['serverFields'][number]) =>
    !field.required || field.kind === 'switch' || Boolean(field.preset);
  const filledIn = new Set(before[list].filter((field) => !optional(field)).map(({ name }) => name));
  const index = after[list].findIndex((field) => !optional(field) && !filledIn.has(field.name));
  if (index < 0) return;
  throw badInput(
    ['definition', list, index, 'preset'],
    `${count} ${what} were saved without this field. Give it a preset, or let it stay empty.`,
  );
}
