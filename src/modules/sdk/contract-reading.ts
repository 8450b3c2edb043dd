import { expect, it } from 'vitest';
import { order } from './contract-bench';
import type { Scene } from './contract-scene';

/** What a panel tells without being changed. */
export function readingTests({ bench, newService }: Scene): void {
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
    const actions = (module.customActions ?? []).filter(({ kind }) => kind === 'link');
    const makers: ((() => Promise<unknown> | undefined) | undefined)[] = [
      module.getSSOUrl && (() => module.getSSOUrl?.(service, server, context())),
      module.getAdminSSOUrl && (() => module.getAdminSSOUrl?.(server, context())),
      ...actions.map((action) => () => action.run(service, server, {}, context())),
    ];
    const links: unknown[] = [];
    for (const make of makers) if (make) links.push(await make(), await make());
    expect(new Set(links).size).toBe(links.length);
    expect(
      links.filter((link) => !/^https?:\/\//.test(String(link)) || said.join('\n').includes(String(link))),
    ).toEqual([]);
  });

  it('offers the packages that a product may name', async () => {
    const { module, server, context } = bench();
    const choices = await module.listPackages?.(server, context());
    const { plan } = newService().product.moduleSettings;
    if (choices && plan !== undefined) expect(choices.map(({ value }) => value)).toContain(plan);
    expect(new Set(choices?.map(({ value }) => value)).size).toBe(choices?.length ?? 0);
  });
}
