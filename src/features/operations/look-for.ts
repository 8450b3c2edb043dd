import { openServer, policiesOf } from '@/features/servers/server-access';
import type { LookWork } from '@/features/services/look-up-account';
import { loadModuleService } from '@/features/services/module-service';
import type { Operation } from '@/generated/prisma/client';
import { db } from '@/lib/db';

/** What a look for an operation's account needs, outside of a run; null = its service is on no server. */
export async function lookFor(operation: Operation): Promise<{ work: LookWork; sentAt: Date | null } | null> {
  const service = await db.service.findUniqueOrThrow({
    where: { id: operation.serviceId },
    include: { placements: { where: { releasedAt: null } } },
  });
  const serverId = service.serverId ?? service.placements[0]?.serverId;
  if (!serverId) return null;
  const open = await openServer(serverId);
  const sent = await db.operationAttempt.findFirst({
    where: { serverId, operation: { serviceId: service.id, kind: 'CREATE' }, OR: MAY_HAVE_WORKED },
    orderBy: { sentAt: 'asc' },
  });
  const moduleService = await loadModuleService(service.id, operation.kind === 'CREATE' ? operation.input : null);
  return {
    work: { operation, open, service: moduleService, policies: policiesOf(open.module) },
    sentAt: sent?.sentAt ?? null,
  };
}

/** A call that is still under way may work as well as one whose answer was lost. */
const MAY_HAVE_WORKED = [{ outcome: null }, { outcome: { in: ['done', 'unknown'] } }];
