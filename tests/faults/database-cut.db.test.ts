import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, expect, it, vi } from 'vitest';
import { deliverEmail } from '@/features/emails/deliver-email';
import { sendWelcomeEmail } from '@/features/emails/send-welcome-email';
import type { Run, StepEnd } from '@/features/operations/claim-operation';
import { performChange } from '@/features/operations/perform-change';
import { persistChange } from '@/features/operations/persist-change';
import { sweepOperations } from '@/features/operations/sweep-operations';
import { playToEnd } from '@/features/operations/testing/play-to-end';
import { selectServer } from '@/features/placement/select-server';
import { createAccount } from '@/features/services/create-account';
import { persist } from '@/features/services/persist';
import type { OperationKind } from '@/generated/prisma/enums';
import { db } from '@/lib/db';
import { PANELS } from './panels';
import { simulators, startCells } from './testing/fault-cells';

const outside = await vi.hoisted(async () => {
  const { startEventCatcher } = await import('@/features/operations/testing/event-catcher');
  const { startLink } = await import('./testing/link');
  const { startSmtpCatcher } = await import('@/lib/testing/smtp-catcher');
  const direct = process.env.DATABASE_URL ?? '';
  const url = new URL(direct);
  const link = await startLink({ port: Number(url.port), host: url.hostname });
  const smtp = await startSmtpCatcher();
  process.env.DATABASE_URL = Object.assign(url, { hostname: '127.0.0.1', port: link.port }).href;
  process.env.HYBLE_DATABASE_POOL = '30';
  process.env.SMTP_URL = smtp.url;
  return { catcher: await startEventCatcher(), link, smtp, direct };
});
const CUT_SECONDS = 10;
const [kind] = PANELS;
if (!kind) throw new Error('no panel');
await simulators.prepare([kind], 1);
process.env.HYBLE_TIME_LIMIT_SECONDS = '3';
const cells = startCells(kind, ['only']);

const locks: pg.Client[] = [];
afterAll(async () => {
  await Promise.all(locks.map((client) => client.end()));
  await Promise.all([outside.catcher.stop(), outside.smtp.stop(), simulators.stop(), outside.link.stop()]);
});

type Step = (run: Run) => Promise<StepEnd>;
const CREATE = {
  'select-server': selectServer,
  'create-account': createAccount,
  persist,
  'send-welcome-email': sendWelcomeEmail,
};
const CHANGE = { act: performChange, persist: persistChange };
const COURSES: Partial<Record<OperationKind, Record<string, Step>>> = { CREATE, SUSPEND: CHANGE, TERMINATE: CHANGE };
/** What keeps a step from going on, so that the cut comes in its middle: a row that somebody else holds, or a slow panel. */
const HELD: Record<string, string> = {
  'select-server': `SELECT 1 FROM "Server" FOR NO KEY UPDATE`,
  'create-account': 'slow panel',
  act: 'slow panel',
  persist: `SELECT 1 FROM "Service" WHERE "id" = $1 FOR NO KEY UPDATE`,
  'send-welcome-email': `SELECT 1 FROM "EmailMessage" WHERE "serviceId" = $1 FOR UPDATE`,
};
const POINTS = Object.entries(COURSES).flatMap(([name, steps]) =>
  Object.keys(steps).flatMap(
    (step) => (['before', 'in', 'after'] as const).map((when) => ({ kind: name as OperationKind, step, when })), // a key of COURSES
  ),
);

async function hold(statement: string, serviceId: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: outside.direct });
  locks.push(client);
  await client.connect();
  await client.query('BEGIN');
  await client.query(statement, statement.includes('$1') ? [serviceId] : []);
  return client;
}

/** Asked outside of the transaction that holds the row: inside, what others do is seen as it was at its first look. */
async function waitersOn(lock: pg.Client): Promise<number> {
  const held = Reflect.get(lock, 'processID'); // node-postgres keeps it, its types do not say so
  const rows = await db.$queryRaw<
    unknown[]
  >`SELECT 1 FROM pg_stat_activity WHERE ${held}::int = ANY(pg_blocking_pids(pid))`;
  return rows.length;
}

/** A step again and again until it ends, as an executor would. */
async function until(step: Step, run: Run): Promise<StepEnd> {
  for (const give = Date.now() + 40_000; ; await sleep(100)) {
    try {
      const end = await step(run);
      if (end.next !== 'again') return end;
    } catch (error) {
      if (Date.now() > give) throw error;
    }
  }
}

/** Brings one operation to its point; `go` plays it on from there. */
async function bring({ kind: name, step: at, when }: (typeof POINTS)[number]) {
  const cell = cells.get('only');
  const steps = COURSES[name];
  if (!cell || !steps) throw new Error('no cell');
  const { serviceId, operationId } = await cell.prepareNew(name);
  const run: Run = { operationId, dispatch: 1, runId: `run-${operationId}` };
  const left = Object.entries(steps);
  for (const [id, step] of left.splice(0, Object.keys(steps).indexOf(at) + (when === 'after' ? 1 : 0))) {
    expect(await until(step, run), `${name} ${id}`).toEqual({ next: 'go-on' });
  }
  // After a step: its result never reached the executor, which asks again.
  const again = when === 'after' ? Object.entries(steps).filter(([id]) => id === at) : [];
  const begin = async () => {
    const [current] = left;
    if (when !== 'in' || !current) return { ended: undefined, lock: undefined };
    const held = HELD[at];
    const slow = held === 'slow panel';
    if (slow)
      cell.panel.fault({
        op: name === 'CREATE' ? 'create' : name.toLowerCase(),
        fault: 'late',
        delayMs: 1500,
        times: 1,
      });
    const lock = slow || held === undefined ? undefined : await hold(held, serviceId);
    const ended = until(current[1], run);
    await expect
      .poll(() => (lock ? waitersOn(lock) : db.operationAttempt.count({ where: { operationId, endedAt: null } })), {
        timeout: 5000,
        message: `${name} ${at}`,
      })
      .toBeGreaterThan(0);
    return { ended, lock };
  };
  const go = async () => {
    for (const [, step] of [...again, ...left]) if ((await until(step, run)).next === 'stop') return;
  };
  return { name: `${name} ${when} ${at}`, kind: name, serviceId, operationId, begin, go };
}

it(`the database is away for ${CUT_SECONDS} s before, in and after each step: everything ends well`, async () => {
  const courses = [];
  for (const point of POINTS) courses.push(await bring(point));
  // Slow panels last: their calls must still be under way when the cut comes.
  const begun = [];
  const order = [...courses].sort(
    (a, b) => Number(/create-account|act/.test(a.name)) - Number(/create-account|act/.test(b.name)),
  );
  for (const course of order) begun.push({ course, ...(await course.begin()) });
  await outside.link.setMode('cut');
  const played = begun.map(async ({ course, ended, lock }) => {
    await lock?.query('ROLLBACK');
    await ended;
    await course.go();
  });
  await sleep(CUT_SECONDS * 1000);
  await outside.link.setMode('open');
  await Promise.all(played);
  await sweepOperations();
  // A mail that was claimed when the cut came goes out when its claim is over.
  await db.$executeRaw`UPDATE "EmailMessage" SET "claimedUntil" = now() - interval '1 second' WHERE "state" = 'QUEUED'`;
  for (const { id } of await db.emailMessage.findMany({ where: { state: 'QUEUED', template: 'welcome' } }))
    await deliverEmail(id);
  const ends: Record<string, string> = {};
  for (const { name, serviceId, operationId, kind: what } of courses) {
    const state = await playToEnd(operationId);
    const service = await db.service.findUniqueOrThrow({ where: { id: serviceId } });
    const accounts = cells.get('only')?.accountsOf(service).length;
    const mails = outside.smtp.mails.filter(({ text }) => text?.includes(service.domain ?? '?')).length;
    ends[name] = `${state} ${service.status} accounts ${accounts}${what === 'CREATE' ? ` mails ${mails}` : ''}`;
  }
  const good = {
    CREATE: 'SUCCEEDED ACTIVE accounts 1 mails 1',
    SUSPEND: 'SUCCEEDED SUSPENDED accounts 1',
    TERMINATE: 'SUCCEEDED TERMINATED accounts 0',
  };
  expect(ends).toEqual(Object.fromEntries(courses.map(({ name, kind: what }) => [name, Reflect.get(good, what)])));
  expect(await db.operationAttempt.count({ where: { endedAt: null } })).toBe(0);
  expect(await db.operationAttempt.count({ where: { outcome: 'unknown' } })).toBe(0);
  expect(await db.panelSlot.count()).toBe(0);
  const [server] = await db.server.findMany();
  expect(server?.accountCount).toBe(await db.placement.count({ where: { releasedAt: null } }));
  process.stdout.write(
    `database cut for ${CUT_SECONDS} s: ${courses.length} of ${courses.length} points end well, no answer lost\n`,
  );
}, 120_000);
