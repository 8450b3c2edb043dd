// Runs every simulated panel of the demo in one process of its own.
// First message from the parent: { type: 'settings', settings: SimulatorSettings[] }; answer: { type: 'ready', simulators }.
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { startSimulator } from '@/modules/sdk/simulator-host';
import { receiveSettings } from './receive-settings';

interface SimulatorSettings {
  slug: string;
  name: string;
  port: number;
  controlPort: number;
  stateFile: string;
}

const DEFINITIONS: Record<string, Parameters<typeof startSimulator>[0]> = { pickaxe: pickaxeSimulator };

const wanted = await receiveSettings<SimulatorSettings[]>();
const running = await Promise.all(
  wanted.map(async ({ slug, name, port, controlPort, stateFile }) => {
    const definition = DEFINITIONS[slug];
    if (!definition)
      throw new Error(`There is no simulator for the module ${slug}. Add it to scripts/demo/simulators.ts.`);
    const { url, control, credentials } = await startSimulator(definition, { port, controlPort, stateFile });
    return { slug, name, url, control, credentials };
  }),
);
process.send?.({ type: 'ready', simulators: running });
process.once('SIGTERM', () => process.exit(0));
