import { requireModule } from '@/features/modules/require-module';
import { wakeForSlot } from '@/features/operations/wake-operations';
import { announceRoom } from '@/features/placement/announce-room';
import type { Server } from '@/generated/prisma/client';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { db, type Tx } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { checkPlace } from './check-place';
import {
  compareSettings,
  type Judged,
  judgeSettings,
  keepSecrets,
  openStoredSettings,
  refuseKept,
  sealSettings,
} from './connection-settings';
import { proveNewAddress } from './prove-new-address';
import type { UpdateServerInput } from './schema';
import { storedCredentials } from './server-access';

/**
 * Changes a server. An empty secret keeps the stored one, as long as the same host is dialled. Another host, port, node
 * or login is accepted when our own accounts are found there, or with a reason of whoever overrides that. Room that
 * appears, and more calls at one time, let waiting orders go on. Throws BAD_INPUT naming the field, CONFLICT when accounts were not found or
 * somebody else saved meanwhile, NOT_FOUND.
 */
export async function updateServer(ctx: Ctx, input: UpdateServerInput): Promise<{ id: string }> {
  const { id, config: _config, pins, overrideReason, ...place } = input;
  const server = await findLiving(id);
  const { judged, anotherPanel } = await judgeChange(server, input);
  const doubt = anotherPanel ? await proveNewAddress(server, { ...input, judged }) : null;
  if (doubt !== null && overrideReason === undefined) {
    throw new DomainError(
      'CONFLICT',
      `${doubt} Nothing was saved. Check the address, or save with a reason to accept it.`,
      [{ path: ['overrideReason'], message: doubt }],
    );
  }
  const credentials = await sealSettings(id, judged);
  return inTransaction(async (tx) => {
    await lockUnchanged(tx, server);
    await checkPlace(tx, { ...place, id });
    const { maxParallel = server.maxParallel, ...columns } = place;
    const trust = pins === undefined ? {} : { tlsTrust: { pins } };
    await tx.server.update({ where: { id }, data: { ...columns, maxParallel, ...trust, credentials } });
    await announceRoom(tx, id);
    if (maxParallel > server.maxParallel) await wakeForSlot(tx, id, maxParallel - server.maxParallel);
    await recordAudit(tx, ctx, {
      action: 'server.update',
      targetType: 'Server',
      targetId: id,
      reason: overrideReason,
      before: { ...readable(server), connection: storedCredentials.parse(server.credentials).open as object },
      after: { ...columns, maxParallel, connection: credentials.open, ...(pins && { trustedCertificates: pins }) },
    });
    return { id };
  });
}

type WithModule = Server & { module: { slug: string } };

async function findLiving(id: string): Promise<WithModule> {
  const server = await db.server.findUnique({ where: { id }, include: { module: { select: { slug: true } } } });
  if (!server) throw notFound('server');
  if (server.archivedAt === null) return server;
  throw new DomainError(
    'INVALID_STATE',
    `"${server.name}" is archived and cannot be changed. Add it again as a new server.`,
  );
}

async function judgeChange(
  server: WithModule,
  input: UpdateServerInput,
): Promise<{ judged: Judged; anotherPanel: boolean }> {
  const stored = await openStoredSettings(server);
  const { slug } = server.module;
  const module = await requireModule(slug);
  const { settings, kept } = keepSecrets(module, input.config, stored);
  const judged = await judgeSettings(slug, settings);
  const before = module.configSchema.safeParse(stored);
  // Settings that no longer fit their module cannot be compared: then nothing of them may follow.
  const change = before.success
    ? compareSettings(module, { ...server, parsed: before.data }, { ...input, parsed: judged.parsed })
    : { elsewhere: true, anotherPanel: true };
  if (change.elsewhere) refuseKept(kept);
  return { judged, anotherPanel: change.anotherPanel };
}

/** What was compared must still be so when it is written. */
async function lockUnchanged(tx: Tx, { id, credentials }: Server): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Server" WHERE "id" = ${id} FOR UPDATE`;
  const now = await tx.server.findUniqueOrThrow({ where: { id }, select: { credentials: true, archivedAt: true } });
  const sealedOf = (stored: unknown) => storedCredentials.safeParse(stored).data?.sealed;
  if (now.archivedAt === null && sealedOf(now.credentials) === sealedOf(credentials)) return;
  throw new DomainError(
    'CONFLICT',
    'Somebody else changed this server meanwhile. Nothing was saved. Load it again and repeat.',
  );
}

function readable({ name, hostname, ipAddress, type, maxAccounts, groupId, groupPosition, maxParallel, tags }: Server) {
  return { name, hostname, ipAddress, type, maxAccounts, groupId, groupPosition, maxParallel, tags };
}
