import { z } from 'zod';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { seal } from '@/lib/crypto';
import type { Tx } from '@/lib/db';
import { badInput, DomainError } from '@/lib/errors';
import { uuidv7 } from '@/lib/ids';
import { inTransaction } from '@/lib/transaction';
import { getModule } from '@/modules/registry';
import { openFields } from '@/modules/sdk/fields';
import type { CreateServerInput } from './schema';
import { credentialsPlace } from './server-access';

const jsonObject = z.record(z.string(), z.json());

/**
 * Adds a server. Its connection settings are judged by the module and sealed for this row; only fields that are no
 * secret are stored readable beside them. Nothing is dialled here. Throws BAD_INPUT naming the field.
 */
export async function createServer(ctx: Ctx, input: CreateServerInput): Promise<{ id: string }> {
  const id = uuidv7();
  const { config, moduleSlug, ...fields } = input;
  const credentials = await sealConfig(id, moduleSlug, config);
  return inTransaction(async (tx) => {
    const moduleId = await findModule(tx, moduleSlug);
    await checkPlace(tx, fields);
    const { maxParallel, ...columns } = fields;
    const data = { id, moduleId, credentials, ...columns, ...(maxParallel === undefined ? {} : { maxParallel }) };
    await tx.server.create({ data });
    const after = { ...columns, module: moduleSlug, connection: credentials.open };
    await recordAudit(tx, ctx, { action: 'server.create', targetType: 'Server', targetId: id, after });
    return { id };
  });
}

async function sealConfig(serverId: string, slug: string, config: CreateServerInput['config']) {
  const module = await getModule(slug);
  if (!module)
    throw badInput(['moduleSlug'], `This installation has no module "${slug}". Choose one of the list of modules.`);
  const parsed = module.configSchema.safeParse(config);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: ['config', ...path.map(asStep)], message }));
    throw new DomainError(
      'BAD_INPUT',
      `The connection settings are not complete: ${issues[0]?.message ?? 'look at each field'}`,
      issues,
    );
  }
  // As it was typed: what the module makes of it is made again at each use.
  const sealed = await seal(JSON.stringify(config), credentialsPlace(serverId));
  const settings = jsonObject.parse(JSON.parse(JSON.stringify(parsed.data)));
  return { sealed, open: jsonObject.parse(openFields(module.configSchema, settings)) };
}

const asStep = (part: PropertyKey) => (typeof part === 'symbol' ? String(part) : part);

async function findModule(tx: Tx, slug: string): Promise<string> {
  const module = await tx.serverModule.findUnique({ where: { slug }, select: { id: true, isActive: true } });
  if (!module) throw badInput(['moduleSlug'], `The module "${slug}" is not written down yet. Restart the program.`);
  if (!module.isActive) throw badInput(['moduleSlug'], `The module "${slug}" is switched off. Switch it on first.`);
  return module.id;
}

async function checkPlace(tx: Tx, { name, groupId }: { name: string; groupId: string | null }): Promise<void> {
  const namesake = await tx.server.findFirst({ where: { name, archivedAt: null }, select: { id: true } });
  if (namesake) throw badInput(['name'], 'There is a server with this name already. Take another one.');
  if (groupId !== null && !(await tx.serverGroup.findUnique({ where: { id: groupId }, select: { id: true } }))) {
    throw badInput(['groupId'], 'There is no such group. Choose one from the list, or leave it empty.');
  }
}
