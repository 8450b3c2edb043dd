import { expect, it } from 'vitest';
import { expectFailure, order } from './contract-bench';
import { IMPATIENT, type Scene } from './contract-scene';
import type { SimulatorFault } from './simulator-definition';

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

/** Creates whose answer nobody heard: found again, or made once. */
export function lostAnswerTests({ bench, newService }: Scene): void {
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
