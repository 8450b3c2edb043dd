/** One account of a pretend panel, as the control address shows it. */
export interface SimulatedAccount {
  id: string;
  externalId: string | null;
  username: string | null;
  domain: string | null;
  status: string;
  /** Where the panel knows them: whose it is, and since when by the panel's clock (ISO 8601). */
  owner?: string;
  createdAt?: string;
}

export interface SimulatorRequest {
  method: string;
  /** Decoded path without the query. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  /** The raw body; `json()` answers undefined when it is none. */
  body: string;
  json(): unknown;
}

export interface SimulatorAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Objects are sent as JSON. */
  body?: unknown;
}

/** What a request asks for. The work is one synchronous change of the state, so that it happens whole or not at all. */
export interface SimulatorCall {
  /** create, get, list, suspend, unsuspend, terminate, password, usage, sso, power, health, ... */
  op: string;
  work(): SimulatorAnswer;
}

/** What a module's `simulator.ts` supplies; the host adds HTTP, faults, call log and the control address. */
export interface SimulatorDefinition<State extends object> {
  slug: string;
  /** State is plain JSON: it is written to a file and read back. */
  initial(): State;
  /** Settings of a server that points to this simulator: what the module's configSchema takes. */
  credentials(url: string, state: State): Record<string, unknown>;
  route(request: SimulatorRequest, state: State): SimulatorCall;
  accounts(state: State): SimulatedAccount[];
  /** Plants an account that nobody ordered here: somebody else's. */
  plant(state: State, wanted: Partial<SimulatedAccount>): SimulatedAccount;
  /** Takes an account away behind everybody's back. */
  remove(state: State, id: string): boolean;
  /** The password an account has now, where the panel was told one. Asked by tests only, never shown. */
  password?(state: State, id: string): string | null;
  /** This panel's well-formed "no". */
  refusal: SimulatorAnswer;
  /** This panel's answer to a login it does not know. */
  unauthorised: SimulatorAnswer;
}

export const SIMULATOR_FAULTS = [
  'http500',
  'http502',
  'http503',
  'http504',
  'http429',
  'http401',
  'refused-by-panel',
  'html200',
  'html200-after',
  'truncated',
  'bad-utf8',
  'drop-before',
  'drop-after',
  'hang-before',
  'hang-after',
  'late',
  'slow',
  'endless',
  'gzip-bomb',
  'redirect',
] as const;
export type SimulatorFault = (typeof SIMULATOR_FAULTS)[number];

export interface FaultRule {
  op: string;
  fault: SimulatorFault;
  /** How many requests it meets; without it, all until it is lifted. */
  times?: number;
  /** Late: when the work is done. Slow: between two bytes. Others: before the answer. */
  delayMs?: number;
  /** Only for http429 and http503: sent as it is. */
  retryAfter?: string | number;
}

/** One line of the call log. Status 0 = no answer was sent. */
export interface SimulatorCallRecord {
  at: string;
  op: string;
  method: string;
  path: string;
  status: number;
}
