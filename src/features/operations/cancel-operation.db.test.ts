import { afterAll, describe, expect, it, vi } from 'vitest';
import { releaseByStaff } from '@/features/servers/release-by-staff';
import { createService } from '@/features/services/create-service';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { cancelOperation } from './cancel-operation';
import { beginCancelChecks } from './plan-looks';
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

describe('cancel of a create that was sent', () => {
  /** Its answer was lost, nothing is there, and the look that would explain it got no answer either. */
  async function waitingCreate() {
    await db.server.update({ where: { id: world.serverB }, data: { isDisabled: true } });
    const made = await order();
    world.a.fault({ op: '*', fault: 'http503' });
    await playRun(made.operationId);
    expect((await operationOf(made.operationId)).state).toBe('WAITING');
    return made;
  }

  it('is refused while the panel cannot be asked, and while it shows our account', async () => {
    const { serviceId, operationId } = await waitingCreate();
    await expect(cancelOperation(ctx, { id: operationId })).rejects.toMatchObject({ code: 'CONFLICT' });
    world.a.clearFaults();
    world.a.plant({ externalId: serviceId });
    await expect(cancelOperation(ctx, { id: operationId })).rejects.toThrow(/our account is there/);
    expect((await operationOf(operationId)).state).toBe('WAITING');
  });

  it('ends the order, keeps its slot for three looks, and asks a person when the account turns up', async () => {
    const { serviceId, operationId } = await waitingCreate();
    world.a.clearFaults();
    await cancelOperation(ctx, { id: operationId });
    expect((await serviceOf(serviceId)).status).toBe('CANCELLED');
    await lookNow();
    expect(await openSlots()).toBe(1);
    world.a.plant({ externalId: serviceId });
    await lookNow();
    expect(await operationOf(operationId)).toMatchObject({ state: 'UNKNOWN', reason: { code: 'cannot-tell' } });
    expect((await serviceOf(serviceId)).status).toBe('PENDING');
    expect(world.a.state().accounts).toHaveLength(1);
  });

  it('needs no credentials that can still be read once the panel was asked', async () => {
    const { operationId } = await waitingCreate();
    world.a.clearFaults();
    await db.$executeRaw`UPDATE "Operation" SET "state" = 'CANCELLED' WHERE "id" = ${operationId}`;
    const { serverA: id } = world;
    const { credentials } = await db.server.findUniqueOrThrow({ where: { id } });
    await db.server.update({ where: { id }, data: { credentials: { sealed: 'damaged', open: {} } } });
    await db.$transaction(async (tx) => beginCancelChecks(tx, await operationOf(operationId), true));
    expect(await operationOf(operationId)).toMatchObject({ crashCount: 0, nextTryAt: expect.any(Date) });
    await db.server.update({ where: { id }, data: { credentials: credentials as object } });
  });

  it('plans many looks at once, with no more connections than there are cancels', async () => {
    const { operationId } = await waitingCreate();
    world.a.clearFaults();
    const { serviceId } = await operationOf(operationId);
    const plan = () => db.$transaction((tx) => beginCancelChecks(tx, { id: operationId, serviceId }, true));
    await Promise.all(Array.from({ length: 40 }, plan));
    expect((await operationOf(operationId)).nextTryAt).not.toBeNull();
  });

  it('is not looked for on a server that stops the program, until staff release it', async () => {
    const { serviceId, operationId } = await waitingCreate();
    world.a.clearFaults();
    await cancelOperation(ctx, { id: operationId });
    world.a.plant({ externalId: serviceId });
    await db.$executeRaw`UPDATE "Server" SET "stopCount" = 2, "insideBy" = 'a process that is gone', "insideSince" = now()
      WHERE "id" = ${world.serverA}`;
    const calls = () => world.a.state().calls.length;
    const before = calls();
    await lookNow();
    await lookNow();
    expect(calls()).toBe(before);
    expect(await operationOf(operationId)).toMatchObject({ state: 'CANCELLED', nextTryAt: expect.any(Date) });
    await releaseByStaff(ctx, { id: world.serverA, reason: 'Mended.' });
    await lookNow();
    expect((await operationOf(operationId)).state).toBe('UNKNOWN');
  });

  it('finds what a call made that was still under way', async () => {
    const { serviceId, operationId } = await waitingCreate();
    world.a.clearFaults();
    await db.$executeRaw`UPDATE "OperationAttempt" SET "outcome" = NULL, "endedAt" = NULL WHERE "operationId" = ${operationId}`;
    await cancelOperation(ctx, { id: operationId });
    world.a.plant({ externalId: serviceId });
    await lookNow();
    expect((await operationOf(operationId)).state).toBe('UNKNOWN');
    expect(await openSlots()).toBe(1);
  });
});

describe('cancel', () => {
  it('is free while nothing was sent', async () => {
    for (const panel of [world.a, world.b]) panel.fault({ op: '*', fault: 'http401' });
    const { serviceId, operationId } = await order();
    await playWhileAnnounced(operationId);
    await cancelOperation(ctx, { id: operationId });
    expect((await serviceOf(serviceId)).status).toBe('CANCELLED');
    expect(await openSlots()).toBe(0);
  });

  it('is refused while nobody can say what became of it, and of what has ended', async () => {
    const { operationId } = await order();
    for (const panel of [world.a, world.b]) panel.fault({ op: '*', fault: 'http503' });
    await playWhileAnnounced(operationId);
    expect((await operationOf(operationId)).state).toBe('WAITING');
    await expect(cancelOperation(ctx, { id: operationId })).rejects.toMatchObject({ code: 'CONFLICT' });
    for (const panel of [world.a, world.b]) panel.clearFaults();
    await db.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() - interval '1 second' WHERE "id" = ${operationId}`;
    await db.$executeRaw`UPDATE "Server" SET "nextProbeAt" = now() - interval '1 second' WHERE "heldAt" IS NOT NULL`;
    await sweepOperations();
    await sweepOperations();
    await playWhileAnnounced(operationId);
    await expect(cancelOperation(ctx, { id: operationId })).rejects.toMatchObject({ code: 'INVALID_STATE' });
  });
});
