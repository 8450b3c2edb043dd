import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { startExecutor } from '../embedded/start';
import {
  closeSql,
  createClient,
  freePort,
  recordingLog,
  settingsFor,
  sql,
  startApp,
  until,
} from '../embedded/testing/harness';
import { forkExecutor, kill } from '../embedded/testing/processes';
import { SCENARIOS } from './expectations';
import { scenarioFunctions } from './functions';
import { createNotes } from './notes';
import { runSuite, type Verdict } from './suite';

vi.setConfig({ testTimeout: 120_000 });

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of cleanups.splice(0).reverse()) await each();
  await sql('drop schema executor cascade');
});
afterAll(closeSql);

async function application() {
  const port = await freePort();
  const client = createClient(port);
  const notes = createNotes();
  const app = await startApp(client, scenarioFunctions(client, notes));
  cleanups.push(() => app.close());
  return { client, notes, settings: { ...settingsFor(app, port), retryDelaysMs: [200] } };
}

const fireCrons = async () => {
  await until('the cron', async () => (await sql('select 1 from executor.cron')).length > 0);
  await sql('update executor.cron set next_at = now()');
};
const troubles = (verdicts: Verdict[]) => verdicts.filter(({ trouble }) => trouble !== null);

it('does in every scenario what an Inngest server does', async () => {
  const { client, notes, settings } = await application();
  const executor = await startExecutor(settings, recordingLog());
  cleanups.push(() => executor.stop());
  await executor.synced;
  const verdicts = await runSuite({ client, notes, fireCrons, limitMs: 60_000 });
  expect(troubles(verdicts)).toEqual([]);
  expect(verdicts).toHaveLength(SCENARIOS.length);
  expect(SCENARIOS.length).toBeGreaterThanOrEqual(20);
});

it('does so as well while it is killed again and again', async () => {
  const { client, notes, settings: quick } = await application();
  // An answer that was lost brings no wait of its own: what counts then is that of a broken call, as in earnest.
  const settings = { ...quick, brokenDelayMs: 1000 };
  let executor = await forkExecutor(settings);
  cleanups.push(() => kill(executor));
  let over = false;
  const suite = runSuite({ client, notes, fireCrons, atLeastOnce: true, limitMs: 90_000 }).finally(() => {
    over = true;
  });
  const lived: number[] = [];
  for (let kills = 0; kills < 4 && !over; kills += 1) {
    const ms = Math.round(200 + Math.random() * 1500);
    lived.push(ms);
    await new Promise((resolve) => setTimeout(resolve, ms));
    await kill(executor);
    executor = await forkExecutor(settings);
  }
  expect({ lived, troubles: troubles(await suite) }).toEqual({ lived, troubles: [] });
});
