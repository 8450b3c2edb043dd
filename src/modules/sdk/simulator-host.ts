import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { controlListener, readText } from './simulator-control';
import type {
  FaultRule,
  SimulatedAccount,
  SimulatorCallRecord,
  SimulatorDefinition,
  SimulatorRequest,
} from './simulator-definition';
import { playFault, send } from './simulator-faults';

export interface SimulatorOptions {
  /** 0 or absent = any free port. */
  port?: number;
  controlPort?: number;
  /** Where the accounts are kept, so that they survive a restart of the simulator. */
  stateFile?: string;
}

export interface Simulator {
  slug: string;
  /** The pretend panel. */
  url: string;
  /** GET /state, POST /faults, DELETE /faults, POST /accounts, DELETE /accounts/<id>. */
  control: string;
  /** Settings of a server that points here. */
  credentials: Record<string, unknown>;
  state(): { accounts: SimulatedAccount[]; calls: SimulatorCallRecord[]; faults: FaultRule[] };
  /** What `POST /faults` does, without the detour. */
  fault(rule: FaultRule): void;
  clearFaults(): void;
  plant(wanted: Partial<SimulatedAccount>): SimulatedAccount;
  remove(id: string): boolean;
  /** Whether this password opens the account; null = this panel does not say. */
  opens(id: string, password: string): boolean | null;
  stop(): Promise<void>;
}

const MAX_CALLS = 20_000;

function loadState<State extends object>(file: string | undefined, initial: () => State): State {
  if (!file) return initial();
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as State; // written by this host only
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return initial();
    throw new Error(`The simulator's state file ${file} cannot be read. Remove it to begin afresh.`, { cause: error });
  }
}

function stateWriter(file: string | undefined, state: object): () => void {
  if (!file) return () => undefined;
  mkdirSync(dirname(file), { recursive: true });
  let written = '';
  return () => {
    const text = JSON.stringify(state);
    if (text === written) return;
    // A rename is whole or not at all, so a kill in the middle leaves the old state.
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    written = text;
  };
}

async function listen(listener: RequestListener, port: number): Promise<{ server: Server; url: string }> {
  const server = createServer(listener);
  server.keepAliveTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo; // an IP listener always has one
  return { server, url: `http://127.0.0.1:${address.port}` };
}

async function readRequest(request: IncomingMessage): Promise<SimulatorRequest | null> {
  const body = await readText(request);
  if (body === null) return null;
  const url = new URL(request.url ?? '/', 'http://simulator');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : value]),
  );
  const json = (): unknown => {
    try {
      return JSON.parse(body) as unknown;
    } catch {
      return undefined;
    }
  };
  return {
    method: request.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers,
    body,
    json,
  };
}

/** The first matching rule; its count goes down and the rule goes when it is used up. */
function takeFault(faults: FaultRule[], op: string): FaultRule | null {
  const index = faults.findIndex((rule) => rule.op === '*' || rule.op === op);
  const rule = faults[index];
  if (!rule) return null;
  if (rule.times !== undefined) {
    if (rule.times <= 1) faults.splice(index, 1);
    else rule.times -= 1;
  }
  return rule;
}

/** Everything of a simulator that is not HTTP. */
function createWorld<State extends object>(definition: SimulatorDefinition<State>, stateFile: string | undefined) {
  const state = loadState(stateFile, () => definition.initial());
  const save = stateWriter(stateFile, state);
  const calls: SimulatorCallRecord[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const saved = <Result>(result: Result): Result => {
    save();
    return result;
  };
  return {
    state,
    calls,
    faults: [] as FaultRule[],
    saved,
    accounts: () => definition.accounts(state),
    plant: (wanted: Partial<SimulatedAccount>) => saved(definition.plant(state, wanted)),
    remove: (id: string) => saved(definition.remove(state, id)),
    record(op: string, method: string, path: string): SimulatorCallRecord {
      const entry = { at: new Date().toISOString(), op, method, path, status: 0 };
      calls.push(entry);
      if (calls.length > MAX_CALLS) calls.shift();
      return entry;
    },
    after(ms: number, run: () => void) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        run();
      }, ms);
      timers.add(timer);
    },
    forgetTimers: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** The log tells the status that was sent; it stays 0 when nothing was. */
function logStatus(response: ServerResponse, entry: SimulatorCallRecord): void {
  const writeHead = response.writeHead.bind(response);
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    entry.status = args[0];
    return writeHead(...args);
  }) as typeof response.writeHead; // one overload stands for all: only the status is read
}

/**
 * Starts a pretend panel on loopback. It speaks the panel's protocol, keeps state, logs every call and plays the faults
 * that its control address was told. State changes only inside `work()`, so a lost answer never hides a half-done one.
 */
export async function startSimulator<State extends object>(
  definition: SimulatorDefinition<State>,
  options: SimulatorOptions = {},
): Promise<Simulator> {
  const world = createWorld(definition, options.stateFile);
  const { accounts, calls, faults, plant, remove } = world;
  const trapped = (request: IncomingMessage) =>
    void world.record('redirect-trap', request.method ?? 'GET', request.url ?? '/');
  const control = await listen(
    controlListener({ accounts, calls, faults, plant, remove, trapped }),
    options.controlPort ?? 0,
  );

  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await readRequest(incoming);
    if (!request) return send(response, { status: 413, body: 'Too large' });
    const call = definition.route(request, world.state);
    logStatus(response, world.record(call.op, request.method, request.path));
    const work = () => world.saved(call.work());
    const rule = takeFault(faults, call.op);
    if (!rule) return send(response, work());
    const { refusal, unauthorised } = definition;
    const trap = `${control.url}/redirect-trap`;
    playFault({ rule: { ...rule }, response, work, refusal, unauthorised, trap, after: world.after });
  };
  const panel = await listen((incoming, response) => {
    answer(incoming, response).catch(() => send(response, { status: 500, body: 'The simulator failed.' }));
  }, options.port ?? 0);

  return {
    slug: definition.slug,
    url: panel.url,
    control: control.url,
    credentials: definition.credentials(panel.url, world.state),
    state: () => structuredClone({ accounts: accounts(), calls, faults }),
    fault: (rule) => void faults.unshift({ ...rule }),
    clearFaults: () => void faults.splice(0),
    plant,
    remove,
    opens: (id, password) => (definition.password ? definition.password(world.state, id) === password : null),
    stop: async () => {
      world.forgetTimers();
      await Promise.all([stopServer(panel.server), stopServer(control.server)]);
    },
  };
}

function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
