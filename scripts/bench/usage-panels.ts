// Simulated WHM servers for the usage bench, in a process of their own so that their memory is not counted.
import { cpanelSimulator } from '@/modules/cpanel/simulator';
import type { SimulatorAnswer } from '@/modules/sdk/simulator-definition';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';

/** What the bench asks: `delayMs` before each answer, the first server silent or not, and how many calls there were. */
export type PanelOrder = { delayMs: number; dead: boolean } | 'count';
export interface PanelOffer {
  panels: { config: Record<string, unknown>; port: string; accounts: { user: string; domain: string | null }[] }[];
}

const [servers = 200, accounts = 500] = process.argv.slice(2).map(Number);
/** The same question is answered from memory: what the simulator computes is not what is measured. */
const said = new WeakMap<object, Map<string, SimulatorAnswer>>();
const remembering: typeof cpanelSimulator = {
  ...cpanelSimulator,
  route: (request, state) => {
    const { op, work } = cpanelSimulator.route(request, state);
    const known = said.get(state) ?? new Map<string, SimulatorAnswer>();
    said.set(state, known);
    return {
      op,
      work: () => {
        const answer = known.get(request.path) ?? asText(work());
        known.set(request.path, answer);
        return answer;
      },
    };
  },
};

function asText(answer: SimulatorAnswer): SimulatorAnswer {
  if (typeof answer.body === 'string') return answer;
  const headers = { 'content-type': 'application/json', ...answer.headers };
  return { status: answer.status, headers, body: JSON.stringify(answer.body) };
}

const panels: Simulator[] = [];
const offer: PanelOffer = { panels: [] };
for (let number = 0; number < servers; number++) {
  const panel = await startSimulator(remembering);
  for (let one = 0; one < accounts; one++)
    panel.plant({ id: `u${number}x${one}`, domain: `a${one}.s${number}.example.com` });
  panels.push(panel);
  const listed = panel.state().accounts.map(({ id, domain }) => ({ user: id, domain }));
  offer.panels.push({ config: panel.credentials, port: new URL(panel.url).port, accounts: listed });
}

let counted = 0;
process.on('message', (order: PanelOrder) => {
  if (order === 'count') {
    const calls = panels.reduce((sum, panel) => sum + panel.state().calls.length, 0);
    const cpu = process.cpuUsage();
    process.send?.({ calls: calls - counted, cpu: (cpu.user + cpu.system) / 1e6 });
    counted = calls;
    return;
  }
  for (const [index, panel] of panels.entries()) {
    panel.clearFaults();
    panel.fault({ op: '*', fault: 'late', delayMs: order.delayMs });
    if (order.dead && index === 0) panel.fault({ op: '*', fault: 'hang-before' });
  }
  process.send?.({ ready: true });
});
process.on('disconnect', () => process.exit(0));
process.send?.(offer);
