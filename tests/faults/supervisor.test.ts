import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { newDataFolder, type RunningDemo, removeFolder, startDemo } from '../setup/demo';
import { childrenOf, isAlive } from '../setup/processes';

let demo: RunningDemo;

beforeAll(async () => {
  demo = await startDemo({ folder: newDataFolder() });
});

afterAll(async () => {
  await demo?.stop();
  if (demo) removeFolder(demo.folder);
});

const supervisor = () => demo.process.pid ?? 0;

/** The child of the supervisor whose command holds these words. */
function child(words: string): number | undefined {
  return childrenOf(supervisor()).find(({ command }) => command.includes(words))?.pid;
}

async function health(): Promise<{ status: number; body: { status: string; database: string } }> {
  const response = await fetch(`${demo.facts.url}/api/health`, { signal: AbortSignal.timeout(5000) });
  return { status: response.status, body: await response.json() };
}

const untilWell = () =>
  vi.waitFor(async () => expect((await health()).body.status).toBe('ok'), { timeout: 60_000, interval: 100 });

/** Kills a child the hard way and waits for another in its place. */
async function killAndWait(words: string): Promise<void> {
  const before = child(words);
  expect(before).toBeDefined();
  process.kill(before ?? 0, 'SIGKILL');
  await vi.waitFor(
    () => {
      const after = child(words);
      expect(after).toBeDefined();
      expect(after).not.toBe(before);
    },
    { timeout: 20_000, interval: 50 },
  );
}

it('is well after its start', async () => {
  await untilWell();
  expect((await health()).status).toBe(200);
});

it.each(['next-server', 'build/executor.mjs', 'build/simulators.mjs', 'build/mail-catcher.mjs'])(
  'starts %s again after kill -9',
  async (words) => {
    await killAndWait(words);
    await untilWell();
  },
);

it('starts the database again after kill -9 of its server', async () => {
  const guard = child('/bin/sh') ?? 0;
  const server = childrenOf(guard).find(({ command }) => command.includes('postgres -D'))?.pid ?? 0;
  process.kill(server, 'SIGKILL');
  await vi.waitFor(() => expect(isAlive(server)).toBe(false));
  await untilWell();
});

it('refuses a second copy on the same data folder and names the first', () => {
  const env = { ...process.env, PORT: '3999', HYBLE_DATA_DIR: demo.folder };
  const second = spawnSync(process.execPath, ['scripts/demo.mjs'], { env, encoding: 'utf8' });
  expect(second.status).toBe(1);
  expect(second.stderr).toContain(`process ${supervisor()}`);
});

it('refuses a port that is in use before it starts anything', () => {
  const folder = newDataFolder();
  const env = { ...process.env, PORT: String(demo.port), HYBLE_DATA_DIR: folder };
  const second = spawnSync(process.execPath, ['scripts/demo.mjs'], { env, encoding: 'utf8' });
  removeFolder(folder);
  expect(second.status).toBe(1);
  expect(second.stderr).toContain(`Port ${demo.port}`);
});

it('leaves no process behind when it is killed, and starts again on the same data', async () => {
  const children = childrenOf(supervisor());
  const servers = children.flatMap(({ pid }) => childrenOf(pid));
  expect(children.length).toBeGreaterThanOrEqual(5);
  const { facts, folder, port } = demo;
  demo.process.kill('SIGKILL');
  await vi.waitFor(() => expect([...children, ...servers].filter(({ pid }) => isAlive(pid))).toEqual([]), {
    timeout: 15_000,
    interval: 100,
  });
  demo = await startDemo({ folder, port });
  expect(demo.facts).toEqual(facts);
  await untilWell();
});

it('stops everything within 10 seconds of SIGTERM', async () => {
  const children = childrenOf(supervisor());
  const began = Date.now();
  expect(await demo.stop()).toBe(0);
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(children.filter(({ pid }) => isAlive(pid))).toEqual([]);
});

it('stops when the npm that started it is stopped, though npm passes no signal on', async () => {
  const folder = newDataFolder();
  const started = await startDemo({ folder, command: ['npm', 'run', 'demo'] });
  const below = (pid: number): number[] => childrenOf(pid).flatMap((one) => [one.pid, ...below(one.pid)]);
  const all = below(started.process.pid ?? 0);
  expect(all.length).toBeGreaterThan(6);
  started.process.kill('SIGTERM');
  await vi.waitFor(() => expect(all.filter(isAlive)).toEqual([]), { timeout: 15_000, interval: 100 });
  removeFolder(folder);
});
