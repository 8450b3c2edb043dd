import { Histogram, Registry } from 'prom-client';

interface PanelCallMetrics {
  registry: Registry;
  seconds: Histogram<'module' | 'call' | 'outcome'>;
}

// Next loads this file more than once per process; what is counted must be counted in one place.
const shared = globalThis as unknown as { hybleMetrics?: PanelCallMetrics };

function metrics(): PanelCallMetrics {
  if (shared.hybleMetrics) return shared.hybleMetrics;
  const registry = new Registry();
  const seconds = new Histogram({
    name: 'hyble_panel_call_seconds',
    help: 'Time that calls to panels took, by module, call and outcome.',
    labelNames: ['module', 'call', 'outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180],
    registers: [registry],
  });
  shared.hybleMetrics = { registry, seconds };
  return shared.hybleMetrics;
}

/** Notes one call to a panel. `outcome`: done, pending, refused, not-done or unknown. */
export function notePanelCall(module: string, call: string, outcome: string, seconds: number): void {
  metrics().seconds.observe({ module, call, outcome }, seconds);
}

/** What this process has counted since its start. */
export function panelCallRegistry(): Registry {
  return metrics().registry;
}
