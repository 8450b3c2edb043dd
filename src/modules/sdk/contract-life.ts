import { expect, it } from 'vitest';
import type { ModuleService } from './contract';
import { Interrupted, order } from './contract-bench';
import { endOf, type Scene } from './contract-scene';
import { ModulePending } from './errors';
import { generatePassword } from './passwords';

/** "Accepted, still building" is no failure of a create. */
function unlessPending(error: unknown): void {
  if (!(error instanceof ModulePending)) throw error;
}

/** What an account goes through, and that each step may be repeated. */
export function lifeTests({ bench, newService }: Scene): void {
  const status = (service: ModuleService) => bench().accountsOf(service)[0]?.status;

  it('creates, suspends, resumes and removes, each seen on the panel and each repeatable', async () => {
    const { module, server, context } = bench();
    const service = await order(bench(), newService());
    expect(status(service)).toBe('active');
    expect(bench().simulator.opens(service.remoteId ?? '', service.password ?? '')).toBeOneOf([
      service.password === null ? expect.anything() : true,
      null,
    ]);
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

/** Changes of what an account is opened with and of what it may hold. */
export function changeTests({ bench, newService, otherSettings }: Scene): void {
  it('changes a password, and the same one once more', async () => {
    const { module, server, context, said, simulator } = bench();
    const service = await order(bench(), newService());
    const password = generatePassword(module.policies?.password);
    expect(simulator.opens(service.remoteId ?? '', password)).toBeOneOf([false, null]);
    for (const _ of [1, 2]) {
      expect(await module.changePassword(service, server, password, context())).toBe(true);
      expect(simulator.opens(service.remoteId ?? '', password)).toBeOneOf([true, null]);
    }
    expect(said.join('\n')).not.toContain(password);
  });

  it('changes the package, and to the same one once more', async () => {
    const { module, server, context } = bench();
    const service = await order(bench(), newService());
    const { configOptions, product } = service;
    const from = { moduleSettings: product.moduleSettings, configOptions };
    const change = { from, to: { moduleSettings: otherSettings, configOptions } };
    for (const _ of module.changePackage ? [1, 2] : [])
      expect(await module.changePackage?.(service, server, change, context())).toBe(true);
    const found = await module.getAccount?.(service, server, context());
    expect(found?.status ?? 'active').toBe('active');
    const { plan } = otherSettings;
    if (module.changePackage && typeof plan === 'string') expect(found?.plan ?? plan).toBe(plan);
  });
}
