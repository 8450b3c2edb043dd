import { announceRoom } from '@/features/placement/announce-room';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { uuidv7 } from '@/lib/ids';
import { inTransaction } from '@/lib/transaction';
import { checkPlace, findActiveModule } from './check-place';
import { judgeSettings, sealSettings } from './connection-settings';
import type { CreateServerInput } from './schema';

/**
 * Adds a server. Its connection settings are judged by the module and sealed for this row; only fields that are no
 * secret are stored readable beside them. Nothing is dialled here. Orders that wait for room go on. Throws BAD_INPUT
 * naming the field.
 */
export async function createServer(ctx: Ctx, input: CreateServerInput): Promise<{ id: string }> {
  const id = uuidv7();
  const { config, moduleSlug, pins, ...fields } = input;
  const credentials = await sealSettings(id, await judgeSettings(moduleSlug, config));
  return inTransaction(async (tx) => {
    const moduleId = await findActiveModule(tx, moduleSlug);
    await checkPlace(tx, fields);
    const { maxParallel, ...columns } = fields;
    const data = { id, moduleId, credentials, ...columns, ...(maxParallel === undefined ? {} : { maxParallel }) };
    await tx.server.create({ data: { ...data, ...(pins?.length ? { tlsTrust: { pins } } : {}) } });
    await announceRoom(tx, id);
    const after = { ...columns, module: moduleSlug, connection: credentials.open, trustedCertificates: pins ?? [] };
    await recordAudit(tx, ctx, { action: 'server.create', targetType: 'Server', targetId: id, after });
    return { id };
  });
}
