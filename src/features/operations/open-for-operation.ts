import { type OpenServer, openServer } from '@/features/servers/server-access';
import type { Operation } from '@/generated/prisma/client';
import { db } from '@/lib/db';

/**
 * Opens the server of an operation's work. Of a generic module the operation keeps the version of the definition it
 * began with, whatever staff save meanwhile; a retry by staff begins anew.
 */
export async function openForOperation(
  { id, definitionVersion }: Pick<Operation, 'id' | 'definitionVersion'>,
  serverId: string,
): Promise<OpenServer> {
  const open = await openServer(serverId, definitionVersion);
  if (definitionVersion === null && open.definitionVersion !== null) {
    await db.operation.updateMany({
      where: { id, definitionVersion: null },
      data: { definitionVersion: open.definitionVersion },
    });
  }
  return open;
}
