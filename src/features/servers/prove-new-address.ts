import { compareMarker } from '@/features/operations/compare-marker';
import { loadModuleService } from '@/features/services/module-service';
import type { Server } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { secretValues } from '@/modules/sdk/fields';
import { type Callable, callPanel } from './call-panel';
import { describeServer, type Judged } from './connection-settings';
import { policiesOf, trustOf } from './server-access';

interface Change {
  judged: Judged;
  name: string;
  hostname: string;
  ipAddress: string;
  type: Server['type'];
  pins?: string[] | undefined;
}

const LOOKED_FOR = 5;

/**
 * Looks at a new address for accounts that we know to live on this server: the newest five must all be there and ours.
 * null = they are, or there is nothing to look for; else words that say what was found instead. Changes nothing there.
 */
export async function proveNewAddress(server: Server, change: Change): Promise<string | null> {
  const services = await db.service.findMany({
    where: { serverId: server.id, status: { in: ['ACTIVE', 'SUSPENDED'] } },
    orderBy: { createdAt: 'desc' },
    take: LOOKED_FOR,
    select: { id: true, domain: true, username: true, createdAt: true },
  });
  if (services.length === 0) return null;
  const open = candidateOf(server, change);
  if (!open.module.getAccount)
    return `The module ${open.module.name} cannot look for accounts, so nobody knows whether the ${services.length} services here live at the new address.`;
  for (const service of services) {
    const doubt = await lookFor(open, service);
    if (doubt !== null) return doubt;
  }
  return null;
}

function candidateOf(server: Server, { judged, name, hostname, ipAddress, type, pins }: Change): Callable {
  const { module, parsed } = judged;
  const trust = pins === undefined ? trustOf(server.tlsTrust) : pins.length ? { pins } : undefined;
  return {
    module,
    server: describeServer({ id: server.id, name, type, hostname, ipAddress, parsed }),
    trust,
    secrets: secretValues(module.configSchema, parsed),
    record: { timeouts: server.timeouts },
  };
}

interface Known {
  id: string;
  domain: string | null;
  username: string | null;
  createdAt: Date;
}

async function lookFor(open: Callable, known: Known): Promise<string | null> {
  const service = await loadModuleService(known.id, null);
  const called = service.domain ?? service.username ?? service.id;
  const answer = await callPanel(
    open,
    { call: 'lookUp', serviceId: service.id },
    async (ctx) => (await open.module.getAccount?.(service, open.server, ctx)) ?? null,
  );
  if (!answer.ok) return `The account of ${called} could not be looked for at the new address: ${answer.error.words}`;
  if (answer.value === null) return `The account of ${called} is not at the new address.`;
  const marker = { serviceId: service.id, username: service.username, domain: service.domain };
  // The account is known to be ours here; only whether this is the same one is asked.
  const verdict = compareMarker(policiesOf(open.module).proof, marker, answer.value, known.createdAt);
  return verdict.ours ? null : `What stands at the new address for ${called} is not ours: ${verdict.found}.`;
}
