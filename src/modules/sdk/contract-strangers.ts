import { expect, it } from 'vitest';
import { expectFailure, order } from './contract-bench';
import { endOf, type Scene } from './contract-scene';
import { generatePassword } from './passwords';

/** Accounts that nobody ordered here. */
export function strangerTests({ bench, newService }: Scene): void {
  it.each(['name and domain', 'name', 'domain'] as const)(
    'leaves an account with our %s alone that was there before',
    async (what) => {
      const { module, server, context, simulator } = bench();
      const service = newService();
      const stranger = simulator.plant({
        ...(what === 'name' ? {} : { domain: service.domain }),
        ...(what === 'domain' ? {} : { username: service.username ?? undefined }),
        externalId: 'theirs',
      });
      // Either it gets an account of its own, or the panel refuses; both leave the stranger alone.
      const own = await order(bench(), service).catch(endOf);
      if (typeof own === 'string') expect(own).toBe('refused conflict');
      else {
        expect(own.remoteId).not.toBe(stranger.id);
        await module.suspend(own, server, context());
        await module.changePassword(own, server, generatePassword(module.policies?.password), context());
        await module.terminate(own, server, context());
      }
      expect(simulator.state().accounts.find(({ id }) => id === stranger.id)).toEqual(stranger);
    },
  );

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
