import { createHash } from 'node:crypto';
import { inTurn, type Run, type StepEnd } from '@/features/operations/claim-operation';
import { enterStep } from '@/features/operations/enter-step';
import { openForOperation } from '@/features/operations/open-for-operation';
import { isCleanPlacement } from '@/features/placement/is-clean';
import { type OpenPlacement, openPlacement } from '@/features/placement/release-placement';
import { type OpenServer, policiesOf } from '@/features/servers/server-access';
import type { Operation } from '@/generated/prisma/client';
import { canonicalJson } from '@/lib/canonical-json';
import { db } from '@/lib/db';
import type { ModulePolicies, ModuleService } from '@/modules/sdk/contract';
import { loadModuleService } from './module-service';
import { prepareIdentity } from './prepare-identity';

/** Everything that `create-account` decides from, read at the start of the step. */
export interface CreateWork {
  run: Run;
  operation: Operation;
  placement: OpenPlacement;
  open: OpenServer;
  service: ModuleService;
  policies: ModulePolicies;
  /** When this operation first sent a create whose end is not certain; null = nothing can be there because of us. */
  sentAt: Date | null;
  /** Seconds since the latest create whose answer was lost. */
  lostSecondsAgo: number | null;
  clean: boolean;
  digest: string;
}

/** Reads the situation; a StepEnd instead when the step is over before it began. */
export async function loadCreate(run: Run): Promise<CreateWork | StepEnd> {
  const early = await inTurn(run, async (tx, operation): Promise<StepEnd | null> => {
    // The answer came, and only the way back to the executor was lost.
    if (operation.result !== null) return { next: 'go-on' };
    const placement = await openPlacement(tx, operation.serviceId);
    if (!placement) throw new Error('create-account without a slot: select-server has to run first');
    return enterStep(tx, run, operation, { id: placement.serverId, name: placement.server.name });
  });
  return early ?? readWork(run);
}

async function readWork(run: Run): Promise<CreateWork> {
  const operation = await db.operation.findUniqueOrThrow({ where: { id: run.operationId } });
  const placement = await openPlacement(db, operation.serviceId);
  if (!placement) throw new Error('create-account without a slot: select-server has to run first');
  const open = await openForOperation(operation, placement.serverId);
  const policies = policiesOf(open.module);
  await prepareIdentity(operation.serviceId, policies);
  const service = await loadModuleService(operation.serviceId, operation.input);
  const uncertain = placement.attempts.filter((attempt) => attempt.outcome === 'unknown' || attempt.outcome === 'done');
  const last = uncertain.at(-1);
  return {
    run,
    operation,
    placement,
    open,
    service,
    policies,
    sentAt: uncertain[0]?.sentAt ?? null,
    lostSecondsAgo: last?.endedAt ? Math.max(0, (Date.now() - last.endedAt.getTime()) / 1000) : null,
    clean: isCleanPlacement(placement.attempts.map((attempt) => attempt.outcome)),
    digest: digestOf(service),
  };
}

/** Two creates of one operation must ask for the same thing; passwords are left out, they would be a clue. */
function digestOf(service: ModuleService): string {
  const { id, domain, username, configOptions, product } = service;
  return createHash('sha256')
    .update(canonicalJson({ id, domain, username, configOptions, settings: product.moduleSettings }))
    .digest('hex');
}
