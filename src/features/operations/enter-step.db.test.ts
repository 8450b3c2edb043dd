import pg from 'pg';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { env } from '@/env';
import { createService } from '@/features/services/create-service';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { connectionName, processId } from '@/lib/process-id';
import { leaveStep } from './enter-step';
import { requestChange } from './request-change';
import { retryOperation } from './retry-operation';
import { sweepOperations } from './sweep-operations';
import { startPanelWorld } from './testing/panel-world';
import { playRun } from './testing/play-run';

const catcher = await vi.hoisted(async () => (await import('./testing/event-catcher')).startEventCatcher());
const ctx = systemContext('test');
const world = startPanelWorld();

afterAll(() => catcher.stop());

const order = () => createService(ctx, { productId: world.productId, customerId: world.customerId });
const operationOf = (id: string) => db.operation.findUniqueOrThrow({ where: { id } });
const serviceOf = (id: string) => db.service.findUniqueOrThrow({ where: { id } });
const calls = () => world.a.state().calls.length + world.b.state().calls.length;

/** As a process leaves it that is killed inside a step; `before`: how often that had happened already. */
const dieInside = (id: string, before = 0, secondsAgo = 0, by = 'a process that is gone') =>
  db.$executeRaw`UPDATE "Operation" SET "crashCount" = ${before}, "insideBy" = ${by},
    "insideSince" = now() - make_interval(secs => ${secondsAgo}::float8) WHERE "id" = ${id}`;

async function orderedSuspend() {
  const { serviceId, operationId } = await order();
  await playRun(operationId);
  const change = await requestChange(ctx, { serviceId, kind: 'SUSPEND', wish: {} });
  return { serviceId, operationId: change.operationId ?? '' };
}

describe('a process that died inside a step', () => {
  it('is counted, and the next one goes on', async () => {
    const { operationId } = await order();
    await dieInside(operationId);
    await playRun(operationId);
    expect(await operationOf(operationId)).toMatchObject({ state: 'SUCCEEDED', crashCount: 1, insideBy: null });
  });

  it('is not this one, which only could not write down that it had left', async () => {
    const { operationId } = await orderedSuspend();
    await dieInside(operationId, 2, 0, processId);
    await playRun(operationId);
    expect(await operationOf(operationId)).toMatchObject({ state: 'SUCCEEDED', crashCount: 2 });
  });

  it('is not one that lives and only lost the way back to the executor', async () => {
    const { operationId } = await orderedSuspend();
    const other = new pg.Client({
      connectionString: env.DATABASE_URL,
      application_name: connectionName('another process'),
    });
    await other.connect();
    await dieInside(operationId, 2, 0, 'another process');
    await playRun(operationId);
    await other.end();
    expect(await operationOf(operationId)).toMatchObject({ state: 'SUCCEEDED', crashCount: 2 });
  });

  it('a third time ends an order of which nothing was sent as FAILED, without a call; Retry begins anew', async () => {
    const { serviceId, operationId } = await order();
    await dieInside(operationId, 2);
    const before = calls();
    await playRun(operationId);
    expect(await operationOf(operationId)).toMatchObject({
      state: 'FAILED',
      reason: { code: 'program-stopped', times: 3 },
      insideBy: null,
    });
    expect(calls()).toBe(before);
    expect((await serviceOf(serviceId)).status).toBe('FAILED');
    expect(await db.placement.count({ where: { serviceId, releasedAt: null } })).toBe(0);
    await retryOperation(ctx, { id: operationId });
    await playRun(operationId);
    expect(await operationOf(operationId)).toMatchObject({ state: 'SUCCEEDED', crashCount: 0 });
  });

  it('a third time asks a person where a call was sent whose answer nobody knows', async () => {
    const { serviceId, operationId } = await orderedSuspend();
    const { serverId } = await serviceOf(serviceId);
    await db.operationAttempt.create({
      data: {
        operationId,
        serverId: serverId ?? '',
        number: 1,
        call: 'suspend',
        digest: '',
        outcome: 'unknown',
        endedAt: new Date(),
      },
    });
    await dieInside(operationId, 2);
    await playRun(operationId);
    expect(await operationOf(operationId)).toMatchObject({ state: 'UNKNOWN', reason: { code: 'program-stopped' } });
  });
});

describe('a step', () => {
  it('is written down while it asks the module, and no longer', async () => {
    const { operationId } = await orderedSuspend();
    world.a.fault({ op: 'get', fault: 'late', delayMs: 300, times: 1 });
    const run = playRun(operationId);
    await expect.poll(async () => (await operationOf(operationId)).insideBy).toBe(processId);
    await run;
    expect(await operationOf(operationId)).toMatchObject({ state: 'SUCCEEDED', insideBy: null });
  });

  it('is written down no longer when it ends without having come through', async () => {
    world.a.fault({ op: '*', fault: 'http503' });
    world.b.fault({ op: '*', fault: 'http503' });
    const { operationId } = await order();
    await playRun(operationId);
    expect(await operationOf(operationId)).toMatchObject({ state: 'WAITING', insideBy: null });
  });

  it('of a later run stays written down when an earlier one ends', async () => {
    const { operationId } = await order();
    await dieInside(operationId, 0, 0, processId);
    await db.operation.update({ where: { id: operationId }, data: { state: 'RUNNING', dispatch: 2, runId: 'later' } });
    await leaveStep({ operationId, dispatch: 1, runId: 'earlier' });
    expect((await operationOf(operationId)).insideBy).toBe(processId);
    await leaveStep({ operationId, dispatch: 2, runId: 'later' });
    expect((await operationOf(operationId)).insideBy).toBeNull();
  });
});

describe('operations in which the program stopped twice', () => {
  it('go one after another, whatever the module was asked; others go beside them', async () => {
    const [first, second, other] = [await order(), await order(), await order()];
    await dieInside(first.operationId, 2);
    await dieInside(second.operationId, 1);
    await playRun(second.operationId);
    expect(await operationOf(second.operationId)).toMatchObject({
      state: 'WAITING',
      reason: { code: 'after-stop', times: 2 },
      crashCount: 2,
      insideBy: null,
    });
    await playRun(other.operationId);
    expect((await serviceOf(other.serviceId)).status).toBe('ACTIVE');
    await dieInside(first.operationId, 2, 121);
    await db.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() WHERE "state" = 'WAITING'`;
    await sweepOperations();
    await playRun(second.operationId);
    expect(await operationOf(second.operationId)).toMatchObject({ state: 'SUCCEEDED', crashCount: 2 });
  });
});
