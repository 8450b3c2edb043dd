import { keepResult } from '@/features/services/create-result';
import { type Found, lookUpAccount } from '@/features/services/look-up-account';
import type { Operation } from '@/generated/prisma/client';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { db, type Tx } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { RemoteAccount } from '@/modules/sdk/contract';
import { addEvent } from './add-event';
import { COURSES } from './courses';
import { DONE } from './load-change';
import { lookFor } from './look-for';
import { beginCancelChecks } from './plan-looks';
import { announceAfterCommit } from './request-operation';
import { refuseIfSuperseded } from './retry-operation';
import { startWanted } from './start-wanted';

export interface ResolveInput {
  id: string;
  /** done: what was asked for is so on the panel · not-done: it is not. */
  as: 'done' | 'not-done';
  reason: string;
  /** The panel shows something else, or cannot be asked, and the administrator knows better. */
  override?: boolean | undefined;
}

/**
 * A person settles what the program cannot know. The panel is asked first: what it shows has to agree, unless an
 * administrator overrides it with a reason.
 */
export async function resolveOperation(ctx: Ctx, input: ResolveInput): Promise<{ id: string; state: string }> {
  const operation = await db.operation.findUnique({ where: { id: input.id } });
  if (!operation) throw notFound('operation');
  refuseUnlessOpen(operation);
  const look = await lookFor(operation);
  const found: Found = look ? await lookUpAccount(look.work, look.sentAt) : { found: 'nothing' };
  if (input.override !== true) refuseUnlessSeen(operation, input.as, found);
  return inTransaction(async (tx) => {
    const [locked] = await tx.$queryRaw<
      { state: string }[]
    >`SELECT "state"::text FROM "Operation" WHERE "id" = ${operation.id} FOR UPDATE`;
    if (locked?.state !== operation.state)
      throw new DomainError('CONFLICT', 'The operation changed meanwhile. Nothing was settled. Look at it again.');
    await refuseIfSuperseded(tx, operation);
    await recordAudit(tx, ctx, {
      action: 'operation.resolve',
      targetType: 'operation',
      targetId: operation.id,
      reason: input.reason,
      before: { state: operation.state },
      after: { as: input.as, override: input.override ?? false, found: found.found },
    });
    await addEvent(tx, operation.id, 'resolved', { by: ctx.actor.name, as: input.as });
    return input.as === 'done' ? settleDone(tx, operation, found) : settleNotDone(tx, ctx, operation);
  });
}

function refuseUnlessOpen(operation: Operation): void {
  if (operation.state === 'UNKNOWN' || operation.state === 'FAILED') return;
  throw new DomainError(
    'INVALID_STATE',
    `This operation is ${operation.state}, so there is nothing to settle. Only one that failed or needs a look can be.`,
  );
}

function refuseUnlessSeen(operation: Operation, as: ResolveInput['as'], found: Found): void {
  const unfinished = found.found === 'ours' && found.account.unfinished === true && operation.kind === 'CREATE';
  const present = found.found === 'ours' && !unfinished && !contradicts(operation, as, found.account);
  const absent = found.found === 'nothing' || (found.found === 'other' && operation.kind === 'CREATE');
  const wantsAccount =
    operation.kind === 'TERMINATE' ? as === 'not-done' : operation.kind !== 'CREATE' || as === 'done';
  if (wantsAccount ? present : absent) return;
  const seen = {
    ours: found.found !== 'ours' ? '' : `our account is there, ${unfinished ? 'in parts' : found.account.status}`,
    nothing: 'no such account is there',
    other: 'another account is there',
    failed: 'it could not be asked',
    cannot: 'it cannot show accounts',
  };
  throw new DomainError(
    'CONFLICT',
    `The panel was asked, and ${seen[found.found]}. That does not agree, so nothing was settled. Press Retry, or settle it against the panel as an administrator with a reason.`,
  );
}

/** "It was done", while the account shows that it was not. */
function contradicts({ kind }: Operation, as: ResolveInput['as'], account: RemoteAccount): boolean {
  return as === 'done' && kind !== 'CREATE' && kind !== 'TERMINATE' && COURSES[kind].shows(account) === false;
}

async function settleDone(tx: Tx, operation: Operation, found: Found): Promise<{ id: string; state: string }> {
  if (operation.kind === 'CREATE') {
    if (found.found !== 'ours')
      throw new DomainError(
        'CONFLICT',
        'Only an account that the panel shows as ours can become this service’s. Nothing was settled.',
      );
    const { account } = found;
    await keepResult(tx, operation.id, {
      remoteId: account.remoteId,
      ...(account.username !== undefined && { username: account.username }),
      ...account.result,
    });
    await tx.service.updateMany({ where: { id: operation.serviceId, status: 'FAILED' }, data: { status: 'PENDING' } });
  } else {
    await tx.operation.update({ where: { id: operation.id }, data: { result: DONE } });
  }
  // The rest of the course (persist, mail) runs as always.
  const announced = await tx.operation.update({
    where: { id: operation.id },
    data: {
      state: 'QUEUED',
      dispatch: { increment: 1 },
      runId: null,
      nextTryAt: null,
      staleAt: null,
      finishedAt: null,
    },
  });
  announceAfterCommit(announced);
  return { id: operation.id, state: 'QUEUED' };
}

async function settleNotDone(tx: Tx, ctx: Ctx, operation: Operation): Promise<{ id: string; state: string }> {
  await tx.operation.update({
    where: { id: operation.id },
    data: {
      state: 'CANCELLED',
      reason: { code: 'cancelled', by: ctx.actor.name },
      runId: null,
      input: {},
      finishedAt: new Date(),
    },
  });
  if (operation.kind === 'CREATE') {
    await tx.service.updateMany({
      where: { id: operation.serviceId, status: { in: ['PENDING', 'FAILED'] } },
      data: { status: 'CANCELLED', serverId: null },
    });
    await beginCancelChecks(tx, operation, true);
  }
  await startWanted(tx, operation.serviceId);
  return { id: operation.id, state: 'CANCELLED' };
}
