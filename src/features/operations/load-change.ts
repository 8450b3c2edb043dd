import { createHash } from 'node:crypto';
import { type OpenServer, policiesOf } from '@/features/servers/server-access';
import { loadModuleService } from '@/features/services/module-service';
import type { Operation, Service } from '@/generated/prisma/client';
import { canonicalJson } from '@/lib/canonical-json';
import { db } from '@/lib/db';
import type { ModulePolicies, ModuleService } from '@/modules/sdk/contract';
import { type ChangeInput, openInput } from './change-input';
import { inTurn, type Run, type StepEnd } from './claim-operation';
import { type ChangeKind, COURSES, type Course } from './courses';
import { enterStep } from './enter-step';
import { openForOperation } from './open-for-operation';

/** Everything that work on an existing account decides from, read at the start of the step. */
export interface ChangeWork {
  run: Run;
  operation: Operation;
  record: Service;
  open: OpenServer;
  service: ModuleService;
  policies: ModulePolicies;
  course: Course;
  input: ChangeInput;
  /** When this service's create was sent to this server; null = we never made an account there. */
  sentAt: Date | null;
  /** A call of this operation may have worked although nobody heard of it. */
  uncertain: boolean;
  digest: string;
}

/** What `Operation.result` says once the panel has done a change; it holds nothing else for such operations. */
export const DONE = 'done';

export async function loadChange(run: Run): Promise<ChangeWork | StepEnd> {
  const early = await inTurn(run, async (tx, operation): Promise<StepEnd | null> => {
    if (operation.result === DONE) return { next: 'go-on' };
    const service = await tx.service.findUniqueOrThrow({
      where: { id: operation.serviceId },
      include: { server: true },
    });
    if (!service.server) throw new Error(`${operation.kind} of a service that is on no server`);
    return enterStep(tx, run, operation, { id: service.server.id, name: service.server.name });
  });
  return early ?? readWork(run);
}

async function readWork(run: Run): Promise<ChangeWork> {
  const operation = await db.operation.findUniqueOrThrow({
    where: { id: run.operationId },
    include: { attempts: true },
  });
  if (operation.kind === 'CREATE') throw new Error('a create has a course of its own');
  const kind: ChangeKind = operation.kind;
  const record = await db.service.findUniqueOrThrow({ where: { id: operation.serviceId } });
  if (record.serverId === null) throw new Error(`${kind} of a service that is on no server`);
  const open = await openForOperation(operation, record.serverId);
  const { attempts, ...row } = operation;
  return {
    run,
    operation: row,
    record,
    open,
    service: await loadModuleService(record.id, null),
    policies: policiesOf(open.module),
    course: COURSES[kind],
    input: await openInput(operation.id, operation.input),
    sentAt: await createSentAt(record.id, record.serverId),
    uncertain: attempts.some((attempt) => attempt.outcome === 'unknown'),
    digest: createHash('sha256')
      .update(canonicalJson({ kind, serviceId: record.id, input: operation.input }))
      .digest('hex'),
  };
}

async function createSentAt(serviceId: string, serverId: string): Promise<Date | null> {
  const attempt = await db.operationAttempt.findFirst({
    where: { serverId, operation: { serviceId, kind: 'CREATE' }, outcome: { in: ['done', 'unknown'] } },
    orderBy: { sentAt: 'asc' },
  });
  return attempt?.sentAt ?? null;
}
