import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ModuleService, ServerModuleInterface } from './contract';
import { type Bench, expectFailure, failureOf, Interrupted, openBench, order } from './contract-bench';
import { ModuleError, ModulePending } from './errors';
import { secretPaths, secretValues } from './fields';
import { generatePassword } from './passwords';
import { spellings } from './redact';
import type { SimulatorDefinition, SimulatorFault } from './simulator-definition';

const LOST_BUT_DONE: SimulatorFault[] = ['drop-after', 'hang-after', 'truncated', 'html200-after', 'bad-utf8', 'slow'];
const NOT_DONE_BUT_UNCLEAR: SimulatorFault[] = [
  'http500',
  'http502',
  'http503',
  'http504',
  'html200',
  'drop-before',
  'hang-before',
  'endless',
  'gzip-bomb',
];

/** For calls that a fault keeps waiting. Ending early for another reason would be just as unknown. */
const IMPATIENT = { limitMs: 600 };

export interface ModuleUnderTest<State extends object> {
  module: ServerModuleInterface;
  simulator: SimulatorDefinition<State>;
  /** Settings of the product that the orders are for. */
  moduleSettings?: Record<string, unknown>;
}

/** What every server module has to keep true, whatever panel it speaks to. A module's own test file calls just this. */
export function describeServerModule<State extends object>(under: ModuleUnderTest<State>): void {
  describe(`${under.module.name} keeps the module contract`, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await openBench(under.module, under.simulator);
    });
    beforeEach(() => bench.simulator.clearFaults());
    afterAll(() => bench.stop());
    const newService = () => {
      const service = bench.newService();
      return { ...service, product: { ...service.product, moduleSettings: under.moduleSettings ?? {} } };
    };
    // The suite never looks into a state, so its type does not matter here.
    const definition = under.simulator as unknown as SimulatorDefinition<object>;
    const scene: Scene = { bench: () => bench, definition, newService };
    describe('connection', () => {
      connectionTests(scene);
    });
    describe('life of an account', () => {
      lifeTests(scene);
    });
    describe('lost answers', () => {
      lostAnswerTests(scene);
      certainAnswerTests(scene);
    });
    describe('accounts of others', () => {
      strangerTests(scene);
    });
    describe('reading', () => {
      readingTests(scene);
    });
    it('says no secret in any message, record or log line', () => {
      const secrets = secretValues(under.module.configSchema, bench.server.credentials).flatMap(spellings);
      const text = bench.said.join('\n');
      expect(bench.said.length).toBeGreaterThan(20);
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    });
  });
}

/** "Accepted, still building" is no failure of a create. */
function unlessPending(error: unknown): void {
  if (!(error instanceof ModulePending)) throw error;
}

/** How a call failed, for a test to compare: `refused conflict`. */
function endOf(error: unknown): string {
  return error instanceof ModuleError ? `${error.outcome} ${error.kind}` : `escaped: ${String(error)}`;
}

interface Scene {
  bench(): Bench;
  definition: SimulatorDefinition<object>;
  newService(): ModuleService;
}

function connectionTests({ bench, definition }: Scene): void {
  it('connects with good settings', async () => {
    const { module, server, context } = bench();
    expect(await module.testConnection(server, context())).toBe(true);
  });

  it('calls a wrong login "auth" and does not try again', async () => {
    const { module, server, context, simulator } = bench();
    const wrong = structuredClone(server.credentials) as Record<string, unknown>; // parsed settings are an object
    for (const path of secretPaths(module.configSchema)) wrong[path] = 'not-the-right-secret';
    const before = simulator.state().calls.length;
    await expectFailure(bench(), module.testConnection({ ...server, credentials: wrong }, context()), {
      kind: 'auth',
      outcome: 'not-done',
    });
    expect(simulator.state().calls.length - before).toBeLessThanOrEqual(2);
  });

  it('calls a panel that is not there "unreachable"', async () => {
    expect.hasAssertions();
    const gone = await openBench(bench().module, definition);
    await gone.stop();
    await expectFailure(gone, gone.module.testConnection(gone.server, gone.context()), {
      kind: 'unreachable',
      outcome: 'not-done',
    });
  });

  it('stops at once when the call is aborted', async () => {
    const { module, server, context, simulator } = bench();
    simulator.fault({ op: '*', fault: 'hang-before' });
    const controller = new AbortController();
    const started = performance.now();
    const call = failureOf(
      bench(),
      module.testConnection(server, context({ limitMs: 10_000, signal: controller.signal })),
    );
    controller.abort();
    await call;
    expect(performance.now() - started).toBeLessThan(1000);
  });
}

function lifeTests(scene: Scene): void {
  const { bench, newService } = scene;
  const status = (service: ModuleService) => bench().accountsOf(service)[0]?.status;

  it('creates, suspends, resumes and removes, each seen on the panel and each repeatable', async () => {
    const { module, server, context } = bench();
    const service = await order(bench(), newService());
    expect(status(service)).toBe('active');
    for (const _ of [1, 2]) {
      expect(await module.suspend(service, server, context({ reason: 'Overdue' }))).toBe(true);
      expect(status(service)).toBe('suspended');
    }
    for (const _ of [1, 2]) {
      expect(await module.unsuspend(service, server, context())).toBe(true);
      expect(status(service)).toBe('active');
    }
    expect(await module.terminate(service, server, context())).toBe(true);
    expect(bench().accountsOf(service)).toEqual([]);
    const again = await module.terminate(service, server, context()).catch((error: unknown) => error);
    // Gone is gone: `true`, or "not-found", which the core takes as done for an account it has seen.
    expect(again === true || endOf(again)).toBeOneOf([true, 'refused not-found']);
  });

  it('changes a password, and the same one once more', async () => {
    const { module, server, context, said } = bench();
    const service = await order(bench(), newService());
    const password = generatePassword(module.policies?.password);
    expect(await module.changePassword(service, server, password, context())).toBe(true);
    expect(await module.changePassword(service, server, password, context())).toBe(true);
    expect(said.join('\n')).not.toContain(password);
  });

  it('makes no second account when a create is repeated', async () => {
    const { module, server, context, accountsOf } = bench();
    const service = newService();
    await order(bench(), service);
    const again = await module.create(service, server, context()).catch(endOf);
    // The same account once more, or a refusal that the core answers with a look.
    expect(typeof again === 'string' ? again : 'done').toBeOneOf(['done', 'refused conflict']);
    expect(accountsOf(service)).toHaveLength(1);
  });

  it('makes one account when it is killed after any request of a create', async () => {
    const { module, server, context, accountsOf, requests } = bench();
    await module.create(newService(), server, context()).catch(unlessPending);
    const steps = requests();
    expect(steps).toBeGreaterThan(0);
    for (let n = 1; n <= steps; n += 1) {
      const service = newService();
      await expect(module.create(service, server, context({ interruptAfter: n }))).rejects.toBeInstanceOf(Interrupted);
      await order(bench(), service, true);
      expect(accountsOf(service)).toHaveLength(1);
    }
  });
}

function lostAnswerTests({ bench, newService }: Scene): void {
  it.each(LOST_BUT_DONE)('finds its own account after %s', async (fault) => {
    const { module, server, context, simulator, accountsOf } = bench();
    const service = newService();
    simulator.fault({ op: 'create', fault, times: 1 });
    await expectFailure(bench(), module.create(service, server, context(IMPATIENT)), { outcome: 'unknown' });
    expect(await module.getAccount?.(service, server, context())).toMatchObject({ status: 'active' });
    await order(bench(), service, true);
    expect(accountsOf(service)).toHaveLength(1);
  });

  it.each(NOT_DONE_BUT_UNCLEAR)('promises nothing after %s and creates on the next try', async (fault) => {
    const { module, server, context, simulator, accountsOf } = bench();
    const service = newService();
    simulator.fault({ op: 'create', fault, times: 1 });
    await expectFailure(bench(), module.create(service, server, context(IMPATIENT)), { outcome: 'unknown' });
    expect(await module.getAccount?.(service, server, context())).toBeNull();
    await order(bench(), service, true);
    expect(accountsOf(service)).toHaveLength(1);
  });

  it('makes no second account when the first one is finished late', async () => {
    const { module, server, context, simulator, accountsOf } = bench();
    const service = newService();
    simulator.fault({ op: 'create', fault: 'late', delayMs: 900, times: 1 });
    await expectFailure(bench(), module.create(service, server, context(IMPATIENT)), {
      outcome: 'unknown',
      kind: 'timeout',
    });
    await expect.poll(() => accountsOf(service).length, { timeout: 5000 }).toBe(1);
    await order(bench(), service, true);
    expect(accountsOf(service)).toHaveLength(1);
  });
}

function certainAnswerTests({ bench, newService }: Scene): void {
  it('knows what certainly did not happen', async () => {
    const { module, server, context, simulator, accountsOf } = bench();
    const service = newService();
    const create = () => module.create(service, server, context());
    simulator.fault({ op: 'create', fault: 'http401', times: 1 });
    await expectFailure(bench(), create(), { kind: 'auth', outcome: 'not-done' });
    simulator.fault({ op: 'create', fault: 'http429', retryAfter: 2, times: 1 });
    const limited = await expectFailure(bench(), create(), { kind: 'rate-limited', outcome: 'not-done' });
    expect(limited.retryAfterMs).toBe(2000);
    simulator.fault({ op: 'create', fault: 'redirect', times: 1 });
    await expectFailure(bench(), create(), { kind: 'policy', outcome: 'not-done' });
    simulator.fault({ op: 'create', fault: 'refused-by-panel', times: 1 });
    await expectFailure(bench(), create(), { outcome: 'refused' });
    expect(accountsOf(service)).toEqual([]);
    expect(simulator.state().calls.some(({ op }) => op === 'redirect-trap')).toBe(false);
  });

  it('lets nothing but ModuleError out of any call', async () => {
    expect.hasAssertions();
    const { module, server, context, simulator } = bench();
    const service = await order(bench(), newService());
    const calls: (() => Promise<unknown>)[] = [
      () => module.testConnection(server, context()),
      () => module.suspend(service, server, context()),
      () => module.unsuspend(service, server, context()),
      () => module.changePassword(service, server, generatePassword(), context()),
      () => module.terminate(service, server, context()),
    ];
    if (module.getUsage) calls.push(() => module.getUsage?.(service, server, context()) ?? Promise.reject());
    if (module.getAccount) calls.push(() => module.getAccount?.(service, server, context()) ?? Promise.reject());
    for (const fault of ['http500', 'html200', 'bad-utf8', 'drop-before'] as const) {
      simulator.clearFaults();
      simulator.fault({ op: '*', fault });
      for (const call of calls) {
        // An answer that is not the panel's own is never a "yes", whatever its status says.
        await expectFailure(bench(), call(), { outcome: 'unknown' });
      }
    }
  });
}

function strangerTests({ bench, newService }: Scene): void {
  it('leaves an account with our name and domain alone that was there before', async () => {
    const { module, server, context, simulator } = bench();
    const service = newService();
    const stranger = simulator.plant({
      domain: service.domain,
      username: service.username ?? undefined,
      externalId: 'theirs',
    });
    // Either it gets an account of its own, or the panel refuses; both leave the stranger alone.
    const own = await order(bench(), service).catch(() => null);
    expect(own?.remoteId).not.toBe(stranger.id);
    if (own) {
      await module.suspend(own, server, context());
      await module.terminate(own, server, context());
    }
    expect(simulator.state().accounts.find(({ id }) => id === stranger.id)).toEqual(stranger);
  });

  it('does not take what is there for its own', async () => {
    const { module, server, context, simulator } = bench();
    const service = newService();
    simulator.plant({ domain: service.domain, externalId: 'theirs' });
    const found = await module.getAccount?.(service, server, context());
    const byExternalId = module.policies?.proof === 'external-id';
    expect({ mine: found?.externalId === service.id, found: byExternalId && Boolean(found) }).toEqual({
      mine: false,
      found: false,
    });
  });

  it('says "not there" of an account that somebody removed', async () => {
    const { module, server, context, simulator } = bench();
    const service = await order(bench(), newService());
    simulator.remove(service.remoteId ?? '');
    expect(await module.getAccount?.(service, server, context())).toBeNull();
    await expectFailure(bench(), module.suspend(service, server, context()), { kind: 'not-found', outcome: 'refused' });
  });
}

function readingTests({ bench, newService }: Scene): void {
  it('lists every account once, over all pages', async () => {
    const { module, server, context, simulator } = bench();
    for (let n = 0; n < 450; n += 1) simulator.plant({ domain: `planted-${n}.example.com` });
    const ids: string[] = [];
    for await (const account of module.listAccounts?.(server, context({ limitMs: 5000 })) ?? [])
      ids.push(account.remoteId);
    const there = module.listAccounts ? simulator.state().accounts.map(({ id }) => id) : [];
    expect(ids.toSorted()).toEqual(there.toSorted());
    const info = await module.getServerInfo?.(server, context());
    expect(info?.accountCount ?? there.length).toBe(there.length);
  });

  it('measures one account as it measures all', async () => {
    const { module, server, context } = bench();
    const service = await order(bench(), newService());
    const one = await module.getUsage?.(service, server, context());
    const bulk: unknown[] = [];
    for await (const usage of module.getServerUsage?.(server, context({ limitMs: 5000 })) ?? []) {
      if (usage.remoteId === service.remoteId) bulk.push(usage);
    }
    const wanted = one && module.getServerUsage ? [{ ...one }] : [];
    expect(bulk).toMatchObject(wanted);
    expect(bulk).toHaveLength(wanted.length);
  });

  it('makes a fresh login link each time and keeps none', async () => {
    const { module, server, context, said } = bench();
    const service = await order(bench(), newService());
    const links: string[] = [];
    for (let n = 0; n < 2 && module.getSSOUrl; n += 1) links.push(await module.getSSOUrl(service, server, context()));
    expect(new Set(links).size).toBe(module.getSSOUrl ? 2 : 0);
    expect(links.filter((link) => !/^https?:\/\//.test(link) || said.join('\n').includes(link))).toEqual([]);
  });
}
