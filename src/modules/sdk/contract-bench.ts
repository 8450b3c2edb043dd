import { expect } from 'vitest';
import type {
  CreateResult,
  ModuleContext,
  ModuleServer,
  ModuleService,
  RemoteAccount,
  ServerModuleInterface,
} from './contract';
import { type ErrorKind, type FailureOutcome, ModuleError, ModulePending } from './errors';
import { secretValues } from './fields';
import type { PanelHttp } from './http';
import { createModuleContext, describeThrown, type ModuleContextOptions } from './module-context';
import { usernameCandidates } from './names';
import { generatePassword } from './passwords';
import type { SimulatorDefinition } from './simulator-definition';
import { type Simulator, startSimulator } from './simulator-host';

/** Enough for a healthy simulator on a busy machine. */
const LIMIT_MS = 5000;

export interface ContextWishes {
  limitMs?: number;
  signal?: AbortSignal;
  reason?: string;
  /** Ends the call after this many answers, as a kill of the process would. */
  interruptAfter?: number;
}

/** What stands for a kill: it is thrown through the module, and nobody hears of it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** One module, one running simulator, and everything that either of them said. */
export interface Bench {
  module: ServerModuleInterface;
  simulator: Simulator;
  server: ModuleServer;
  /** All words, warnings, log lines and records of calls so far. */
  said: string[];
  /** Passwords of the accounts that were ordered. */
  passwords: string[];
  /** Number of requests that the latest call made. */
  requests(): number;
  context(wishes?: ContextWishes): ModuleContext;
  /** A service that was never ordered before. */
  newService(): ModuleService;
  /** The accounts that carry this service's marker. */
  accountsOf(service: ModuleService): ReturnType<Simulator['state']>['accounts'];
  stop(): Promise<void>;
}

function countingHttp(http: PanelHttp, onAnswer: () => void): PanelHttp {
  return {
    request: async (request) => {
      const answer = await http.request(request);
      onAnswer();
      return answer;
    },
  };
}

/** A service that nobody ordered before, on a domain below `below`. */
export function makeService(
  module: ServerModuleInterface,
  number: number,
  run: string,
  below = 'example.com',
): ModuleService {
  const { policies } = module;
  const base = {
    id: `00000000-0000-7000-8000-${run}${String(number).padStart(6, '0')}`,
    domain: `order-${number}-${run}.${below}`,
    customer: { id: `customer-${number}`, email: `c${number}@example.com`, name: 'Ada Example', language: 'en' },
  };
  const names = policies?.username
    ? usernameCandidates({
        serviceId: base.id,
        customerId: base.customer.id,
        customerName: base.customer.name,
        domain: base.domain,
        policy: policies.username,
      })
    : [];
  return {
    ...base,
    status: 'PENDING',
    username: names[0] ?? null,
    password: policies?.password ? generatePassword(policies.password) : null,
    remoteId: null,
    dedicatedIp: null,
    additionalData: {},
    configOptions: [],
    product: { id: 'product', name: 'Product', moduleSettings: {} },
  };
}

function benchServer(module: ServerModuleInterface, simulator: Simulator): ModuleServer {
  return {
    id: 'server',
    name: 'Bench',
    hostname: 'bench.example.com',
    ipAddress: '203.0.113.1',
    type: 'SHARED',
    credentials: module.configSchema.parse(simulator.credentials),
  };
}

/** What a call is made with, on a simulator or on a panel of one's own. */
export type Caller = Pick<Bench, 'module' | 'server' | 'said' | 'context'>;

/** A context as the core makes it, that writes down everything and can cut the call. */
export function benchContext(
  base: Pick<ModuleContextOptions, 'module' | 'server' | 'policy' | 'secrets' | 'trust'>,
  wishes: ContextWishes,
  hear: { note(what: unknown): void; onAnswer(): void },
): ModuleContext {
  const memory: Record<string, unknown> = {};
  const ctx = createModuleContext({
    ...base,
    limitMs: wishes.limitMs ?? LIMIT_MS,
    signal: wishes.signal,
    reason: wishes.reason,
    operationId: 'operation',
    idempotencyKey: 'operation:1',
    memory,
    remember: (key, value) => {
      memory[key] = value;
      return Promise.resolve();
    },
    onWarn: hear.note,
    log: { info: (text, fields) => hear.note([text, fields]), warn: (text, fields) => hear.note([text, fields]) },
    onExchange: hear.note,
  });
  return { ...ctx, http: countingHttp(ctx.http, hear.onAnswer) };
}

/** Starts the simulator and makes everything that a call on it needs. */
export async function openBench<State extends object>(
  module: ServerModuleInterface,
  definition: SimulatorDefinition<State>,
): Promise<Bench> {
  const simulator = await startSimulator(definition);
  const server = benchServer(module, simulator);
  const secrets = secretValues(module.configSchema, server.credentials);
  const policy = { allowCidrs: [], allowLoopbackPorts: [Number(new URL(simulator.url).port)], forbiddenPorts: [] };
  const said: string[] = [];
  const passwords: string[] = [];
  const names = new Set<string>();
  const run = Date.now().toString(16).slice(-6);
  let number = 0;
  let answers = 0;
  const note = (what: unknown) => void said.push(typeof what === 'string' ? what : JSON.stringify(what));
  return {
    module,
    simulator,
    server,
    said,
    passwords,
    requests: () => answers,
    context(wishes = {}) {
      answers = 0;
      const onAnswer = () => {
        answers += 1;
        if (answers === wishes.interruptAfter) throw new Interrupted('killed');
      };
      return benchContext({ module, server, policy, secrets }, wishes, { note, onAnswer });
    },
    newService() {
      let service: ModuleService;
      // Short names come again after some hundreds; here each stands for one order, as it would on a panel that refuses a second.
      do {
        number += 1;
        service = makeService(module, number, run);
      } while (service.username !== null && names.has(service.username));
      if (service.username !== null) names.add(service.username);
      if (service.password !== null) passwords.push(service.password);
      return service;
    },
    accountsOf: (service) =>
      simulator
        .state()
        .accounts.filter((account) =>
          module.policies?.proof === 'external-id'
            ? account.externalId === service.id
            : account.domain === service.domain,
        ),
    stop: () => simulator.stop(),
  };
}

/** The failure of a call, which must be a ModuleError and nothing else. */
export async function failureOf(bench: Caller, call: Promise<unknown>): Promise<ModuleError> {
  const thrown: unknown = await call.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown, 'only ModuleError may escape from a module').toBeInstanceOf(ModuleError);
  const error = describeThrown(thrown, []);
  bench.said.push(error.words);
  return error;
}

export async function expectFailure(
  bench: Caller,
  call: Promise<unknown>,
  wanted: { outcome: FailureOutcome; kind?: ErrorKind },
): Promise<ModuleError> {
  const error = await failureOf(bench, call);
  expect({ outcome: error.outcome, ...(wanted.kind ? { kind: error.kind } : {}) }).toEqual(wanted);
  expect(error.words.length).toBeGreaterThan(10);
  return error;
}

const MOST_TRIES = 6;

async function finish(bench: Caller, service: ModuleService, pending: ModulePending): Promise<CreateResult> {
  const { module, server } = bench;
  expect(module.resume, 'a module that throws ModulePending needs resume()').toBeDefined();
  for (let poll = 0; poll < 100; poll += 1) {
    try {
      const result = await module.resume?.(pending.ref, service, server, bench.context());
      if (typeof result === 'object') return result;
    } catch (error) {
      if (!(error instanceof ModulePending)) throw error;
    }
  }
  throw new Error('resume() never came to an end');
}

async function tryCreate(bench: Caller, service: ModuleService): Promise<CreateResult | ModuleError> {
  const { module, server } = bench;
  try {
    return await module.create(service, server, bench.context());
  } catch (error) {
    if (error instanceof ModulePending) return finish(bench, service, error);
    expect(error, 'only ModuleError may escape from a module').toBeInstanceOf(ModuleError);
    return describeThrown(error, []);
  }
}

/** Whether a found account is the one that this service's create may have made. */
function fits(bench: Caller, service: ModuleService, found: RemoteAccount): boolean {
  if (bench.module.policies?.proof === 'external-id') return found.externalId === service.id;
  return found.domain === service.domain && (service.username === null || found.username === service.username);
}

/**
 * What the core does with an order: create, and when that is not certain look before anything is repeated. Only after
 * an answer was lost can something be there because of us; before that, what is there belongs to somebody else.
 */
export async function order(bench: Caller, service: ModuleService, mayBeThere = false): Promise<ModuleService> {
  const { module, server } = bench;
  let lost = mayBeThere;
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    if (lost) {
      const found = await module.getAccount?.(service, server, bench.context());
      if (found && !found.unfinished && fits(bench, service, found))
        return placed(service, found.result ?? { remoteId: found.remoteId });
    }
    const end = await tryCreate(bench, service);
    if (!(end instanceof ModuleError)) return placed(service, end);
    bench.said.push(end.words);
    lost ||= end.outcome === 'unknown';
    if (end.kind === 'conflict' && !lost) throw end;
  }
  throw new Error(`No account after ${MOST_TRIES} tries.`);
}

function placed(service: ModuleService, result: CreateResult): ModuleService {
  const remoteId = result.remoteId ?? result.username ?? null;
  expect(remoteId, 'a create that succeeded names the account').toBeTruthy();
  return {
    ...service,
    status: 'ACTIVE',
    remoteId,
    username: result.username ?? service.username,
    password: result.password ?? service.password,
    domain: result.domain ?? service.domain,
    dedicatedIp: result.dedicatedIp ?? null,
    additionalData: { ...result.additionalData },
  };
}
