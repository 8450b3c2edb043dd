import { expect, it } from 'vitest';
import type { ModuleService } from './contract';
import { type Bench, expectFailure, order } from './contract-bench';
import type { Scene } from './contract-scene';
import { generatePassword } from './passwords';

/** What certainly did not happen, and what no call may ever do. */
export function certainAnswerTests({ bench, newService, otherSettings }: Scene): void {
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
    const service = await order(bench(), newService());
    const { simulator } = bench();
    for (const fault of ['http500', 'html200', 'bad-utf8', 'drop-before'] as const) {
      simulator.clearFaults();
      simulator.fault({ op: '*', fault });
      for (const call of everyCall(bench(), service, otherSettings)) {
        // An answer that is not the panel's own is never a "yes", whatever its status says.
        await expectFailure(bench(), call(), { outcome: 'unknown' });
      }
    }
  });
}

/** Every call that this module can make for a service that is there, and for its server. */
function everyCall({ module, server, context }: Bench, service: ModuleService, otherSettings: object) {
  const { configOptions, product } = service;
  const ref = (moduleSettings: object) => ({ moduleSettings: { ...moduleSettings }, configOptions });
  const change = { from: ref(product.moduleSettings), to: ref(otherSettings) };
  const calls: ((() => Promise<unknown> | undefined) | false)[] = [
    () => module.testConnection(server, context()),
    () => module.suspend(service, server, context()),
    () => module.unsuspend(service, server, context()),
    () => module.changePassword(service, server, generatePassword(), context()),
    () => module.terminate(service, server, context()),
    module.changePackage !== undefined && (() => module.changePackage?.(service, server, change, context())),
    module.getUsage !== undefined && (() => module.getUsage?.(service, server, context())),
    module.getAccount !== undefined && (() => module.getAccount?.(service, server, context())),
    module.listAccounts !== undefined && (() => listed(module.listAccounts?.(server, context()))),
    module.getServerUsage !== undefined && (() => listed(module.getServerUsage?.(server, context()))),
    module.listPackages !== undefined && (() => module.listPackages?.(server, context())),
    module.getServerInfo !== undefined && (() => module.getServerInfo?.(server, context())),
    module.getSSOUrl !== undefined && (() => module.getSSOUrl?.(service, server, context())),
    module.getAdminSSOUrl !== undefined && (() => module.getAdminSSOUrl?.(server, context())),
    ...(module.customActions ?? []).map((action) => () => action.run(service, server, {}, context())),
  ];
  return calls.filter((call) => call !== false).map((call) => async () => call());
}

async function listed(list: AsyncIterable<unknown> | undefined): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const one of list ?? []) found.push(one);
  return found;
}
