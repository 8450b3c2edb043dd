import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServerModuleInterface } from './contract';
import { type Bench, expectFailure, failureOf, openBench } from './contract-bench';
import { certainAnswerTests } from './contract-certain-answers';
import { changeTests, lifeTests } from './contract-life';
import { lostAnswerTests } from './contract-lost-answers';
import { readingTests } from './contract-reading';
import type { Scene } from './contract-scene';
import { strangerTests } from './contract-strangers';
import { secretPaths, secretValues } from './fields';
import { spellings } from './redact';
import type { SimulatorDefinition } from './simulator-definition';
import { describeLivePanel } from './testing/live-panel';

export interface ModuleUnderTest<State extends object> {
  module: ServerModuleInterface;
  simulator: SimulatorDefinition<State>;
  /** Settings of the product that the orders are for. */
  moduleSettings?: Record<string, unknown>;
  /** Settings of another product, to change to; default: the same. */
  otherSettings?: Record<string, unknown>;
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
    const { moduleSettings = {}, otherSettings = moduleSettings } = under;
    const newService = () => {
      const service = bench.newService();
      return { ...service, product: { ...service.product, moduleSettings } };
    };
    // The suite never looks into a state, so its type does not matter here.
    const definition = under.simulator as unknown as SimulatorDefinition<object>;
    const scene: Scene = { bench: () => bench, definition, newService, otherSettings };
    describe('connection', () => {
      connectionTests(scene);
    });
    describe('life of an account', () => {
      lifeTests(scene);
      changeTests(scene);
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
    describeLivePanel(under.module);
    it('says no secret in any message, record or log line', () => {
      const secrets = [
        ...secretValues(under.module.configSchema, bench.server.credentials),
        ...bench.passwords,
      ].flatMap(spellings);
      const text = bench.said.join('\n');
      expect(bench.said.length).toBeGreaterThan(20);
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    });
  });
}

function connectionTests({ bench, definition, newService }: Scene): void {
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

  it.each(['testing', 'creating'] as const)('stops when the call is aborted while %s', async (what) => {
    const { module, server, context, simulator } = bench();
    simulator.fault({ op: '*', fault: 'hang-before' });
    const controller = new AbortController();
    const before = simulator.state().calls.length;
    const ctx = context({ limitMs: 60_000, signal: controller.signal });
    const call = failureOf(
      bench(),
      what === 'testing' ? module.testConnection(server, ctx) : module.create(newService(), server, ctx),
    );
    await expect.poll(() => simulator.state().calls.length).toBe(before + 1);
    controller.abort();
    // The limit of a minute would end the test: what ends the call is the signal.
    expect(await call).toMatchObject({ outcome: 'unknown' });
    expect(simulator.state().calls.length).toBe(before + 1);
  });
}
