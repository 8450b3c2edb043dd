import type { FaultRule, SimulatedAccount, SimulatorCallRecord } from '@/modules/sdk/simulator-definition';

interface PanelState {
  accounts: SimulatedAccount[];
  calls: SimulatorCallRecord[];
}

/** A simulated panel of a running demo, through its control address. */
export class SimulatedPanel {
  constructor(
    readonly name: string,
    readonly control: string,
  ) {}

  state = (): Promise<PanelState> => this.#send('/state', {});
  fault = (rule: FaultRule): Promise<unknown> => this.#send('/faults', { method: 'POST', body: JSON.stringify(rule) });
  clear = (): Promise<unknown> => this.#send('/faults', { method: 'DELETE' });

  async #send<T>(path: string, init: RequestInit): Promise<T> {
    const response = await fetch(`${this.control}${path}`, { ...init, signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error(`The simulator answered ${response.status}: ${await response.text()}`);
    return response.json();
  }
}
