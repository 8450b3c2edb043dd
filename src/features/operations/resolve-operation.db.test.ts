import { afterAll, describe, expect, it, vi } from 'vitest';
import { createService } from '@/features/services/create-service';
import { requestTerminate, SUSPENDED_TO_TERMINATE } from '@/features/services/request-terminate';
import { undoTerminate } from '@/features/services/undo-terminate';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { requestChange } from './request-change';
import { resolveOperation } from './resolve-operation';
import { sweepOperations } from './sweep-operations';
import { lookNow } from './testing/look-now';
import { startPanelWorld } from './testing/panel-world';
import { playRun, playWhileAnnounced } from './testing/play-run';

const catcher = await vi.hoisted(async () => (await import('./testing/event-catcher')).startEventCatcher());
const ctx = systemContext('test');
const world = startPanelWorld();

afterAll(() => catcher.stop());

const order = () => createService(ctx, { productId: world.productId, customerId: world.customerId });
const serviceOf = (id: string) => db.service.findUniqueOrThrow({ where: { id } });
const operationOf = (id: string) => db.operation.findUniqueOrThrow({ where: { id } });
const openSlots = () => db.placement.count({ where: { releasedAt: null } });
const reason = 'Looked at the panel myself.';

/** A create that could not be decided: an account with our external id was there before anything was sent. */
async function unknownCreate() {
  const made = await order();
  world.a.plant({ externalId: made.serviceId });
  await playRun(made.operationId);
  expect((await operationOf(made.operationId)).state).toBe('UNKNOWN');
  return made;
}

/** A create that failed after its calls were lost: it may exist. */
async function failedCreate() {
  const made = await order();
  world.a.fault({ op: 'create', fault: 'http503' });
  await playRun(made.operationId);
  expect((await operationOf(made.operationId)).state).toBe('FAILED');
  world.a.clearFaults();
  return made;
}

describe('"it exists"', () => {
  it('is believed when the panel shows our account: ACTIVE with it', async () => {
    const { serviceId, operationId } = await failedCreate();
    world.a.plant({ externalId: serviceId });
    await resolveOperation(ctx, { id: operationId, as: 'done', reason });
    await playRun(operationId);
    expect((await serviceOf(serviceId)).status).toBe('ACTIVE');
    expect(world.a.state().accounts).toHaveLength(1);
  });

  it('is refused when the panel shows none, or one that is not ours; nothing changes', async () => {
    await db.server.update({ where: { id: world.serverB }, data: { isDisabled: true } });
    const failed = await failedCreate();
    await expect(resolveOperation(ctx, { id: failed.operationId, as: 'done', reason })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const unknown = await unknownCreate();
    await expect(
      resolveOperation(ctx, { id: unknown.operationId, as: 'done', reason, override: true }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await operationOf(unknown.operationId)).state).toBe('UNKNOWN');
  });
});

describe('"it does not exist"', () => {
  it('a stranger’s account stays untouched, the order ends and its clean slot is free', async () => {
    const { serviceId, operationId } = await unknownCreate();
    const before = world.a.state().accounts;
    await resolveOperation(ctx, { id: operationId, as: 'not-done', reason });
    expect((await serviceOf(serviceId)).status).toBe('CANCELLED');
    expect(await openSlots()).toBe(0);
    expect(world.a.state().accounts).toEqual(before);
  });

  it('is refused while the panel shows our account', async () => {
    const { serviceId, operationId } = await failedCreate();
    world.a.plant({ externalId: serviceId });
    await expect(resolveOperation(ctx, { id: operationId, as: 'not-done', reason })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await openSlots()).toBe(1);
  });

  it('keeps the slot while the account may turn up: three looks, then it is free', async () => {
    const { operationId } = await failedCreate();
    await resolveOperation(ctx, { id: operationId, as: 'not-done', reason });
    expect(await openSlots()).toBe(1);
    await lookNow();
    await lookNow();
    expect(await openSlots()).toBe(1);
    await lookNow();
    expect(await openSlots()).toBe(0);
    expect(await operationOf(operationId)).toMatchObject({ state: 'CANCELLED', nextTryAt: null });
  });

  it('an account that turns up after all asks a person again', async () => {
    const { serviceId, operationId } = await failedCreate();
    await resolveOperation(ctx, { id: operationId, as: 'not-done', reason });
    world.a.plant({ externalId: serviceId });
    await lookNow();
    expect(await operationOf(operationId)).toMatchObject({ state: 'UNKNOWN', reason: { code: 'cannot-tell' } });
    expect(await openSlots()).toBe(1);
  });
});

describe('a change that needs a look', () => {
  it('is not settled as done while the account shows that it was not', async () => {
    const { serviceId, operationId } = await order();
    await playRun(operationId);
    const suspend = await requestChange(ctx, { serviceId, kind: 'SUSPEND', wish: {} });
    const id = suspend.operationId ?? '';
    await db.operation.update({ where: { id }, data: { state: 'UNKNOWN' } });
    const settle = (override?: boolean) => resolveOperation(ctx, { id, as: 'done', reason, override });
    await expect(settle()).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await serviceOf(serviceId)).status).toBe('ACTIVE');
    await settle(true);
    await playRun(id);
    expect((await serviceOf(serviceId)).status).toBe('SUSPENDED');
  });

  it('is history once newer work exists', async () => {
    const { serviceId, operationId } = await order();
    await playRun(operationId);
    const old = (await requestChange(ctx, { serviceId, kind: 'SUSPEND', wish: {} })).operationId ?? '';
    await db.operation.update({ where: { id: old }, data: { state: 'FAILED', finishedAt: new Date() } });
    await requestChange(ctx, { serviceId, kind: 'TERMINATE', wish: {} });
    await expect(resolveOperation(ctx, { id: old, as: 'not-done', reason })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect((await operationOf(old)).state).toBe('FAILED');
  });
});

describe('planned removal', () => {
  async function activeWithDelay() {
    await db.product.update({ where: { id: world.productId }, data: { terminateAfterDays: 7 } });
    const { serviceId, operationId } = await order();
    await playRun(operationId);
    return serviceId;
  }

  const runNext = async (serviceId: string) => {
    const next = await db.operation.findFirstOrThrow({ where: { serviceId, state: 'QUEUED' } });
    await playRun(next.id);
    return next.kind;
  };

  it('suspends now, removes on its date', async () => {
    const id = await activeWithDelay();
    const answer = await requestTerminate(ctx, { id });
    expect(Date.parse(answer.terminateAt ?? '') - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    expect(await runNext(id)).toBe('SUSPEND');
    await sweepOperations();
    expect(await serviceOf(id)).toMatchObject({ status: 'SUSPENDED', suspendReason: SUSPENDED_TO_TERMINATE });
    await db.$executeRaw`UPDATE "Service" SET "terminateAt" = now() - interval '1 second' WHERE "id" = ${id}`;
    await sweepOperations();
    expect(await runNext(id)).toBe('TERMINATE');
    expect(await serviceOf(id)).toMatchObject({ status: 'TERMINATED', terminateAt: null });
    expect(world.a.state().accounts).toEqual([]);
  });

  it('undo clears the date and resumes what was suspended because of it', async () => {
    const id = await activeWithDelay();
    await requestTerminate(ctx, { id });
    await runNext(id);
    await undoTerminate(ctx, { id });
    expect(await runNext(id)).toBe('UNSUSPEND');
    expect(await serviceOf(id)).toMatchObject({ status: 'ACTIVE', terminateAt: null });
    await expect(undoTerminate(ctx, { id })).rejects.toMatchObject({ code: 'INVALID_STATE' });
  });

  it('undo leaves a suspend alone that somebody asked for and that has not ended', async () => {
    const id = await activeWithDelay();
    const { operationId } = await requestChange(ctx, { serviceId: id, kind: 'SUSPEND', wish: { reason: 'Unpaid' } });
    await requestTerminate(ctx, { id });
    expect((await undoTerminate(ctx, { id })).effect).toBe('already');
    expect((await operationOf(operationId ?? '')).state).toBe('QUEUED');
  });

  it('undo takes back the suspend that was to begin after other work', async () => {
    const id = await activeWithDelay();
    await requestChange(ctx, { serviceId: id, kind: 'CHANGE_PASSWORD', wish: { password: 'Another-1' } });
    await requestTerminate(ctx, { id });
    await undoTerminate(ctx, { id });
    await runNext(id);
    expect(await serviceOf(id)).toMatchObject({ status: 'ACTIVE', terminateAt: null, wanted: null });
    expect(await db.operation.count({ where: { serviceId: id, kind: 'SUSPEND' } })).toBe(0);
  });

  it('undo leaves a suspend alone that somebody asked for', async () => {
    const id = await activeWithDelay();
    const { requestSuspend } = await import('@/features/services/request-suspend');
    await requestSuspend(ctx, { id, reason: 'Unpaid' });
    await runNext(id);
    await requestTerminate(ctx, { id });
    await undoTerminate(ctx, { id });
    expect(await serviceOf(id)).toMatchObject({ status: 'SUSPENDED', suspendReason: 'Unpaid', terminateAt: null });
  });
});

describe('the sweep', () => {
  it('goes on with everything else when one operation cannot be ended', async () => {
    const [poisoned, due] = [await order(), await order()];
    await db.$executeRaw`UPDATE "Operation" SET "state" = 'WAITING', "nextTryAt" = now() WHERE "id" = ${due.operationId}`;
    await db.$executeRaw`UPDATE "Operation" SET "state" = 'WAITING', "deadlineAt" = now() - interval '1 second',
      "nextTryAt" = now() + interval '1 hour' WHERE "id" = ${poisoned.operationId}`;
    await db.$executeRaw`CREATE FUNCTION refuse_to_end() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'`;
    await db.$executeRaw`CREATE TRIGGER refuse_to_end BEFORE UPDATE ON "Operation" FOR EACH ROW WHEN (NEW."state" = 'FAILED') EXECUTE FUNCTION refuse_to_end()`;
    await sweepOperations();
    expect((await operationOf(due.operationId)).state).toBe('QUEUED');
    await db.$executeRaw`DROP FUNCTION refuse_to_end() CASCADE`;
    await sweepOperations();
    expect((await operationOf(poisoned.operationId)).state).toBe('FAILED');
  });

  it('lets the next one call where a process died with a slot', async () => {
    const { serviceId, operationId } = await order();
    await playRun(operationId);
    const { serverId } = await serviceOf(serviceId);
    await db.server.updateMany({ data: { maxParallel: 1 } });
    await db.panelSlot.create({
      data: { serverId: serverId ?? '', operationId, leaseUntil: new Date(Date.now() + 60_000) },
    });
    const next = (await requestChange(ctx, { serviceId, kind: 'SUSPEND', wish: {} })).operationId ?? '';
    await playRun(next);
    expect(await operationOf(next)).toMatchObject({ state: 'WAITING', reason: { code: 'waiting-for-slot' } });
    await db.$executeRaw`UPDATE "PanelSlot" SET "leaseUntil" = now() - interval '1 second'`;
    await sweepOperations();
    expect((await operationOf(next)).state).toBe('QUEUED');
  });

  it('after a stop, the works that were under way go one after another', async () => {
    const [first, second] = [await order(), await order()];
    await db.$executeRaw`UPDATE "Operation" SET "crashCount" = 2`;
    await db.$executeRaw`UPDATE "Operation" SET "leaseUntil" = now() + interval '1 minute' WHERE "id" = ${first.operationId}`;
    await playRun(second.operationId);
    expect(await operationOf(second.operationId)).toMatchObject({ state: 'WAITING', reason: { code: 'after-stop' } });
    await db.$executeRaw`UPDATE "Operation" SET "leaseUntil" = NULL, "nextTryAt" = now()`;
    await sweepOperations();
    await playRun(second.operationId);
    expect((await serviceOf(second.serviceId)).status).toBe('ACTIVE');
  });

  it('announces what was committed and never sent, once', async () => {
    const { operationId } = await order();
    await db.$executeRaw`UPDATE "Operation" SET "announced" = 0, "updatedAt" = now() - interval '5 seconds' WHERE "id" = ${operationId}`;
    const before = catcher.events.filter((event) => event.id === `${operationId}:1`).length;
    await sweepOperations();
    await sweepOperations();
    expect(catcher.events.filter((event) => event.id === `${operationId}:1`)).toHaveLength(before + 1);
  });

  it('starts a silent run again, and the silent one has lost its turn', async () => {
    const { operationId, serviceId } = await order();
    const { claimOperation } = await import('./claim-operation');
    const silent = { operationId, dispatch: 1, runId: 'silent' };
    await claimOperation(silent);
    await db.$executeRaw`UPDATE "Operation" SET "staleAt" = now() - interval '1 second' WHERE "id" = ${operationId}`;
    await sweepOperations();
    expect(await operationOf(operationId)).toMatchObject({ state: 'QUEUED', dispatch: 2 });
    expect(await claimOperation(silent)).toBe(false);
    await playRun(operationId);
    expect((await serviceOf(serviceId)).status).toBe('ACTIVE');
  });

  it('ends what has waited too long, with that reason', async () => {
    for (const panel of [world.a, world.b]) panel.fault({ op: '*', fault: 'http401' });
    const { serviceId, operationId } = await order();
    await playWhileAnnounced(operationId);
    await db.$executeRaw`UPDATE "Operation" SET "deadlineAt" = now() - interval '1 second' WHERE "id" = ${operationId}`;
    await sweepOperations();
    expect(await operationOf(operationId)).toMatchObject({
      state: 'FAILED',
      reason: { code: 'waited-too-long', last: 'server-trouble' },
    });
    expect((await serviceOf(serviceId)).status).toBe('FAILED');
    expect(await openSlots()).toBe(0);
  });
});
