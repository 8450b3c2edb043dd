import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../scripts/postgres.mjs';
import { SIMULATOR_FAULTS, type SimulatorDefinition } from './simulator-definition';
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator-host';

interface Shelf {
  items: string[];
}
const definition: SimulatorDefinition<Shelf> = {
  slug: 'shelf',
  initial: () => ({ items: [] }),
  credentials: (url) => ({ url }),
  route: (request, state) => ({
    op: request.method === 'POST' ? 'create' : 'list',
    work: () => {
      if (request.method === 'POST') state.items.push(request.body);
      return { status: 200, body: { items: state.items } };
    },
  }),
  accounts: (state) =>
    state.items.map((id) => ({ id, externalId: null, username: id, domain: null, status: 'active' })),
  plant: (state, wanted) => {
    state.items.push(wanted.id ?? 'planted');
    return { id: wanted.id ?? 'planted', externalId: null, username: null, domain: null, status: 'active' };
  },
  remove: (state, id) => {
    const before = state.items.length;
    state.items = state.items.filter((item) => item !== id);
    return state.items.length < before;
  },
  refusal: { status: 422, body: { no: true } },
  unauthorised: { status: 401, body: { who: true } },
};

const running: Simulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});
async function start(options?: SimulatorOptions): Promise<Simulator> {
  const simulator = await startSimulator(definition, options);
  running.push(simulator);
  return simulator;
}
const post = (url: string, body: unknown) =>
  fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });

describe('the control address', () => {
  it('shows accounts and calls, plants and removes', async () => {
    const { url, control } = await start();
    await post(url, 'a');
    expect((await post(`${control}/accounts`, { id: 'b' })).status).toBe(201);
    expect((await fetch(`${control}/accounts/a`, { method: 'DELETE' })).status).toBe(200);
    expect((await fetch(`${control}/accounts/a`, { method: 'DELETE' })).status).toBe(404);
    const state = (await (await fetch(`${control}/state`)).json()) as { accounts: { id: string }[]; calls: unknown[] };
    expect(state.accounts.map(({ id }) => id)).toEqual(['b']);
    expect(state.calls).toEqual([
      { at: expect.any(String) as string, op: 'create', method: 'POST', path: '/', status: 200 },
    ]);
  });

  it('counts faults down, prefers the newest and forgets all at once', async () => {
    const { url, control } = await start();
    await post(`${control}/faults`, { op: '*', fault: 'http500' });
    await post(`${control}/faults`, { op: 'create', fault: 'http503', times: 2, retryAfter: 7 });
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await post(url, 'x')).status);
    expect(statuses).toEqual([503, 503, 500]);
    await fetch(`${control}/faults`, { method: 'DELETE' });
    expect((await post(url, 'y')).status).toBe(200);
  });

  it('refuses what it does not know, in words, and changes nothing', async () => {
    const simulator = await start();
    const bad = [
      { op: 'create', fault: 'http418' },
      { op: 'create' },
      { fault: 'http500' },
      { op: 'a', fault: 'late', delayMs: -1 },
      { op: 'a', fault: 'late', times: 0 },
      { op: 'a', fault: 'late', extra: 1 },
      { op: '', fault: 'late' },
      [],
      'no json',
      'x'.repeat(2_000_000),
    ];
    for (const body of bad) {
      const answer = await post(`${simulator.control}/faults`, body);
      expect(answer.status).toBe(400);
      expect(((await answer.json()) as { error: string }).error.length).toBeGreaterThan(5);
    }
    expect((await fetch(`${simulator.control}/nowhere`)).status).toBe(404);
    expect(simulator.state()).toEqual({ accounts: [], calls: [], faults: [] });
  });
});

describe('faults', () => {
  const LOST = new Set([
    'truncated',
    'drop-before',
    'drop-after',
    'hang-before',
    'hang-after',
    'late',
    'slow',
    'endless',
    'gzip-bomb',
  ]);
  const WORKED = new Set(['html200-after', 'truncated', 'bad-utf8', 'drop-after', 'hang-after', 'late', 'slow']);

  it.each(SIMULATOR_FAULTS)('%s does the work or not, as its name says', async (fault) => {
    const simulator = await start();
    await post(`${simulator.control}/faults`, { op: 'create', fault, delayMs: fault === 'late' ? 150 : undefined });
    const read = fetch(simulator.url, {
      method: 'POST',
      body: 'it',
      redirect: 'manual',
      signal: AbortSignal.timeout(100),
    }).then(
      async (answer) => `${answer.status} ${(await answer.text()).slice(0, 20)}`,
      () => 'lost',
    );
    const answer = await read.catch(() => 'lost');
    expect(answer).toMatch(LOST.has(fault) ? /^lost$|^200/ : /^\d{3} /);
    const done = () => simulator.state().accounts.length;
    // What is late has not begun when its caller gives up.
    expect(fault === 'late' ? done() : 0).toBe(0);
    await expect.poll(done).toBe(WORKED.has(fault) ? 1 : 0);
    const silent = fault.startsWith('drop') || fault.startsWith('hang') || fault === 'late';
    expect(simulator.state().calls[0]?.status === 0).toBe(silent);
  });
});

describe('the state file', () => {
  it('keeps accounts over a restart on the same ports, and never a half-written file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    const stateFile = join(folder, 'deep', 'shelf.json');
    const first = await start({ stateFile, port: await freePort(), controlPort: await freePort() });
    await post(first.url, 'kept');
    const ports = [first.url, first.control].map((url) => Number(new URL(url).port));
    await first.stop();
    const again = await start({ stateFile, port: ports[0], controlPort: ports[1] });
    expect([again.url, again.control]).toEqual([first.url, first.control]);
    expect(again.state().accounts.map(({ id }) => id)).toEqual(['kept']);
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toEqual({ items: ['kept'] });
    expect(readdirSync(join(folder, 'deep'))).toEqual(['shelf.json']);
    writeFileSync(stateFile, '{"cut');
    await expect(startSimulator(definition, { stateFile })).rejects.toThrow(/Remove it/);
    rmSync(folder, { recursive: true });
  });
});
