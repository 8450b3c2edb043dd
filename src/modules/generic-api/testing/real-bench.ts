import type { ModuleContext, ModuleServer, ModuleService, ServerModuleInterface } from '@/modules/sdk/contract';
import { secretValues } from '@/modules/sdk/fields';
import { createModuleContext } from '@/modules/sdk/module-context';
import { usernameCandidates } from '@/modules/sdk/names';
import { generatePassword } from '@/modules/sdk/passwords';
import { definitionSchema } from '../definition';
import { makeModule } from '../index';

/** A definition at work on a real program: what the core hands to a module, and nothing else. */
export interface RealBench {
  module: ServerModuleInterface;
  server: ModuleServer;
  /** `interruptAfter`: ends the call after so many answers, as a kill would. */
  context(interruptAfter?: number): ModuleContext;
  service(number: number, moduleSettings?: Record<string, unknown>): ModuleService;
}

export function openRealBench(definition: unknown, credentials: Record<string, unknown>): RealBench {
  const module = makeModule(definitionSchema.parse(definition), 1);
  const server: ModuleServer = {
    id: 'server',
    name: 'Real',
    hostname: 'real.example.com',
    ipAddress: '203.0.113.1',
    type: 'SHARED',
    credentials: module.configSchema.parse(credentials),
  };
  const secrets = secretValues(module.configSchema, server.credentials);
  const port = Number(new URL(module.getEndpoint?.(server) ?? '').port);
  const policy = { allowCidrs: [], allowLoopbackPorts: [port], forbiddenPorts: [] };
  return {
    module,
    server,
    context(interruptAfter) {
      const ctx = createModuleContext({ module, server, policy, secrets, limitMs: 20_000, idempotencyKey: 'o:1' });
      let answers = 0;
      const request: ModuleContext['http']['request'] = async (wanted) => {
        const answer = await ctx.http.request(wanted);
        answers += 1;
        if (answers === interruptAfter) throw new Error('killed');
        return answer;
      };
      return { ...ctx, http: { request } };
    },
    service(number, moduleSettings = {}) {
      const id = `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
      const domain = `order-${number}.example.com`;
      const customer = { id: 'customer', email: 'ada@example.com', name: 'Ada Example', language: 'en' };
      const { username, password } = module.policies ?? {};
      const names = username
        ? usernameCandidates({ serviceId: id, customerId: 'customer', customerName: 'Ada', domain, policy: username })
        : [];
      return {
        id,
        domain,
        customer,
        status: 'PENDING',
        username: names[0] ?? null,
        password: password ? generatePassword(password) : null,
        remoteId: null,
        dedicatedIp: null,
        additionalData: {},
        configOptions: [],
        product: { id: 'product', name: 'Product', moduleSettings },
      };
    },
  };
}

/** Creates with a kill after each answer in turn, each followed by what the core does: look, and send it again. */
export async function createThroughKills(bench: RealBench, service: ModuleService): Promise<number> {
  const { module, server, context } = bench;
  for (let kill = 1; kill < 30; kill += 1) {
    try {
      await module.create(service, server, context(kill));
      return kill;
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'killed') throw error;
      const found = await module.getAccount?.(service, server, context());
      if (found && !found.unfinished) return kill;
    }
  }
  throw new Error('the create never came to its end');
}
