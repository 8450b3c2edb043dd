import { beforeEach, describe, expect, it } from 'vitest';
import { startPanelWorld } from '@/features/operations/testing/panel-world';
import { db } from '@/lib/db';
import { makeOperation } from '../../../prisma/factories/operation';
import { checkServer } from './check-server';
import { collectMetrics } from './collect-metrics';

const world = startPanelWorld();
beforeEach(() => db.$executeRaw`TRUNCATE "UsageRun", "EmailMessage"`);

const lineOf = async (start: string) =>
  (await collectMetrics()).text.split('\n').find((line) => line.startsWith(start)) ?? '';

describe('metrics', () => {
  it('count operations by kind and state, with the longest wait', async () => {
    const { id } = await makeOperation({ state: 'WAITING' });
    await makeOperation({ state: 'UNKNOWN', kind: 'SUSPEND' });
    await db.$executeRaw`UPDATE "Operation" SET "createdAt" = now() - interval '1 hour' WHERE "id" = ${id}`;
    expect(await lineOf('hyble_operations{kind="CREATE",state="WAITING"}')).toMatch(/ 1$/);
    expect(await lineOf('hyble_operations{kind="SUSPEND",state="UNKNOWN"}')).toMatch(/ 1$/);
    const waited = Number((await lineOf('hyble_operation_wait_seconds{kind="CREATE"')).split(' ').at(-1));
    expect(waited).toBeGreaterThanOrEqual(3600);
    expect(waited).toBeLessThan(3660);
  });

  it('know the state of servers and the age of figures', async () => {
    await db.server.update({ where: { id: world.serverB }, data: { heldAt: new Date() } });
    await db.$executeRaw`INSERT INTO "UsageRun" ("serverId", "asOf", "durationMs") VALUES (${world.serverA}, now() - interval '90 seconds', 1500)`;
    expect(await lineOf('hyble_servers{state="active"}')).toMatch(/ 1$/);
    expect(await lineOf('hyble_servers{state="held"}')).toMatch(/ 1$/);
    expect(await lineOf('hyble_usage_run_seconds{which="slowest"}')).toMatch(/ 1\.5$/);
    expect(Number((await lineOf('hyble_usage_age_seconds ')).split(' ').at(-1))).toBeCloseTo(90, -1);
  });

  it('time each call to a panel by module and outcome', async () => {
    const count = async (outcome: string) =>
      Number(
        (await lineOf(`hyble_panel_call_seconds_count{module="pickaxe",call="test",outcome="${outcome}"}`))
          .split(' ')
          .at(-1),
      );
    const [done, unknown] = [await count('done'), await count('unknown')];
    await db.server.update({ where: { id: world.serverA }, data: { infoAt: new Date() } });
    await checkServer(world.serverA);
    world.a.fault({ op: 'health', fault: 'http500' });
    await checkServer(world.serverA);
    expect([await count('done'), await count('unknown')]).toEqual([done + 1, unknown + 1]);
  });

  it('name no customer, server or address', async () => {
    const { text } = await collectMetrics();
    expect(text).not.toMatch(/127\.0\.0\.1|example\.com|@/);
    expect(text).toContain('# TYPE hyble_servers gauge');
  });
});
