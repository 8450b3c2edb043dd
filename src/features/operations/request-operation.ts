import type { Prisma } from '@/generated/prisma/client';
import type { OperationKind } from '@/generated/prisma/enums';
import type { Ctx } from '@/lib/context';
import { db, type Tx } from '@/lib/db';
import { afterCommit } from '@/lib/transaction';
import { inngest } from '~inngest/client';
import { createRequested, runRequested } from '~inngest/events';
import { addEvent } from './add-event';
import { DEFAULT_WAIT_HOURS } from './operation-states';

export interface NewOperation {
  /** Chosen by the caller when its input is sealed for this row. */
  id?: string;
  serviceId: string;
  kind: OperationKind;
  input: Prisma.InputJsonObject;
  /** How long it may wait before it fails with that reason. */
  waitHours?: number;
}

/** Writes a new operation and, once the transaction is durable, tells the executor. */
export async function requestOperation(tx: Tx, ctx: Ctx, wish: NewOperation) {
  const hours = wish.waitHours ?? DEFAULT_WAIT_HOURS[wish.kind];
  const operation = await tx.operation.create({
    data: {
      ...(wish.id !== undefined && { id: wish.id }),
      serviceId: wish.serviceId,
      kind: wish.kind,
      input: wish.input,
      deadlineAt: new Date(Date.now() + hours * 3_600_000),
      requestedBy: { type: ctx.actor.type, id: ctx.actor.id, name: ctx.actor.name },
    },
  });
  await addEvent(tx, operation.id, 'requested', { by: ctx.actor.name });
  announceAfterCommit(operation);
  return operation;
}

export interface Announced {
  id: string;
  kind: OperationKind;
  dispatch: number;
}

/** For whoever raised `dispatch` in the surrounding transaction. */
export function announceAfterCommit(operation: Announced): void {
  const { id, kind, dispatch } = operation;
  afterCommit(() => announceOperation({ id, kind, dispatch }));
}

/**
 * Sends the event of one dispatch and notes that it was sent. Safe to repeat: executors drop a repeated event id, and a
 * run whose dispatch is over ends at its first step. If it fails, the sweep sends it again.
 */
export async function announceOperation({ id: operationId, kind, dispatch }: Announced): Promise<void> {
  const event = kind === 'CREATE' ? createRequested : runRequested;
  await inngest.send({ ...event.create({ operationId, dispatch }), id: `${operationId}:${dispatch}` });
  await db.$executeRaw`UPDATE "Operation" SET "announced" = ${dispatch}, "announcedAt" = now()
    WHERE "id" = ${operationId} AND "announced" < ${dispatch}`;
}
