import type { Server } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';

/** A server that may still be changed, locked until the transaction ends. Throws NOT_FOUND, INVALID_STATE when archived. */
export async function lockServer(tx: Tx, id: string): Promise<Server> {
  await tx.$executeRaw`SELECT 1 FROM "Server" WHERE "id" = ${id} FOR UPDATE`;
  const server = await tx.server.findUnique({ where: { id } });
  if (!server) throw notFound('server');
  if (server.archivedAt === null) return server;
  throw new DomainError(
    'INVALID_STATE',
    `"${server.name}" is archived and cannot be changed. Add it again as a new server.`,
  );
}
