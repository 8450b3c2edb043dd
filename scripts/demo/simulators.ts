// Runs every simulated panel of the demo in one process of its own.
// First message from the parent: { type: 'settings', settings: SimulatorSettings[] }; answer: { type: 'ready', simulators }.
import { cpanelSimulator } from '@/modules/cpanel/simulator';
import { depotSimulator } from '@/modules/generic-api/simulator';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { type Simulator, type SimulatorOptions, startSimulator } from '@/modules/sdk/simulator-host';
import { receiveSettings } from './receive-settings';

interface SimulatorSettings {
  slug: string;
  name: string;
  port: number;
  controlPort: number;
  stateFile: string;
}

/** Started with the state that it made itself, so what the state holds does not matter here. */
type Start = (options: SimulatorOptions) => Promise<Simulator>;
const DEFINITIONS: Record<string, Start> = {
  cpanel: (options) => startSimulator(cpanelSimulator, options),
  'generic-depot': (options) => startSimulator(depotSimulator, options),
  pickaxe: (options) => startSimulator(pickaxeSimulator, options),
};

const wanted = await receiveSettings<SimulatorSettings[]>();
const running = await Promise.all(
  wanted.map(async ({ slug, name, port, controlPort, stateFile }) => {
    const start = DEFINITIONS[slug];
    if (!start) throw new Error(`There is no simulator for the module ${slug}. Add it to scripts/demo/simulators.ts.`);
    const { url, control, credentials } = await start({ port, controlPort, stateFile });
    return { slug, name, url, control, credentials };
  }),
);
process.send?.({ type: 'ready', simulators: running });
process.once('SIGTERM', () => process.exit(0));
