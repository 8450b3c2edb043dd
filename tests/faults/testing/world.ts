import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { OperationState, ServiceStatus } from '@/generated/prisma/enums';
import { SHOWN_ONCE, scanDemo } from '../../setup/canary-scan';
import { newDataFolder, type RunningDemo, readLogs, removeFolder, startDemo } from '../../setup/demo';
import { PanelClient } from './panel-client';
import { askDatabase } from './panel-database';
import { SimulatedPanel } from './simulated-panel';

export interface Service {
  id: string;
  status: ServiceStatus;
  username: string | null;
  remoteId: string | null;
  operation: {
    id: string;
    state: OperationState;
    reason: Record<string, unknown> | null;
    nextTryAt: string | null;
  } | null;
}

export interface Operation {
  id: string;
  state: OperationState;
  reason: { code: string; server?: { name: string } } | null;
  nextTryAt: string | null;
  attempts: Array<{ call: string; outcome: string | null; server: { name: string } }>;
  events: Array<{ type: string }>;
}

interface Mail {
  to: string;
  subject: string;
  text: string;
  messageId: string;
}

export interface Place {
  productId: string;
  /** Names of the servers, for messages. */
  servers: string[];
}

let orders = 0;

/** One whole running copy of the program on a fresh folder, and what a test asks of it. */
export class World {
  readonly panels: SimulatedPanel[];
  private constructor(
    public demo: RunningDemo,
    public admin: PanelClient,
    readonly customers: string[],
    readonly env: Record<string, string>,
  ) {
    this.panels = demo.facts.simulators.map(({ name, control }) => new SimulatedPanel(name, control));
  }

  static async start(env: Record<string, string> = {}): Promise<World> {
    const settings = { HYBLE_RETRY_DELAYS: '1,1,1,1', LOG_LEVEL: 'debug', ...env };
    const demo = await startDemo({ folder: newDataFolder(), env: settings });
    const admin = await new PanelClient(demo.facts.url).signIn(demo.facts.admin);
    const { items } = await admin.query<{ items: Array<{ id: string }> }>('customers.list');
    return new World(
      demo,
      admin,
      items.map(({ id }) => id),
      settings,
    );
  }

  /** Starts the same copy again after it was killed. */
  async restart(): Promise<void> {
    this.demo = await startDemo({
      folder: this.demo.folder,
      port: this.demo.port,
      env: this.env,
    });
  }

  /** Looks for every secret of this copy where none may be; throws when it finds one. */
  scan(): Promise<string> {
    const heard = this.admin.heard.filter((text) => !SHOWN_ONCE.test(text.slice(0, 60)));
    return scanDemo(this.demo, { heard, planted: this.admin.cookies() });
  }

  /** No secret may be left where it does not belong, whatever the tests did; then the copy is gone. */
  async end(): Promise<void> {
    try {
      console.log(await this.scan());
    } finally {
      await this.demo.stop();
      if (process.env.HYBLE_STORY_LOGS) console.log(readLogs(this.demo.folder));
      removeFolder(this.demo.folder);
    }
  }

  sql = <Row extends Record<string, unknown>>(statement: string, values?: unknown[]): Promise<Row[]> =>
    askDatabase<Row>(this.demo.folder, statement, values);

  /** A product of its own on servers of its own, each with so much room, so that tests do not meet on a server. */
  async place(name: string, room: Array<number | null>, maxParallel?: number): Promise<Place> {
    const { id: groupId } = await this.admin.mutate<{ id: string }>('groups.create', { name });
    const servers = await Promise.all(
      room.map(async (maxAccounts, index) => {
        const panel = this.demo.facts.simulators[index];
        const state = JSON.parse(readFileSync(join(this.demo.folder, `simulator-${panel?.name}.json`), 'utf8'));
        const created = {
          name: `${name} ${index + 1}`,
          hostname: `n${index + 1}.example.com`,
          ipAddress: '203.0.113.77',
        };
        await this.admin.mutate('servers.create', {
          ...created,
          type: 'GAME',
          moduleSlug: 'pickaxe',
          config: { apiUrl: panel?.url, apiKey: state.apiKey, nodeId: state.nodeId },
          maxAccounts,
          groupId,
          groupPosition: index,
          ...(maxParallel === undefined ? {} : { maxParallel }),
        });
        return created.name;
      }),
    );
    const product = await this.admin.mutate<{ id: string }>('products.create', {
      name,
      moduleSlug: 'pickaxe',
      serverGroupId: groupId,
      moduleSettings: { game: 'minecraft' },
    });
    return { productId: product.id, servers };
  }

  async order({ productId }: Place): Promise<string> {
    orders += 1;
    const customerId = this.customers[orders % this.customers.length];
    const domain = `order-${orders}.faults.example.com`;
    return (await this.admin.mutate<{ id: string }>('services.create', { productId, customerId, domain })).id;
  }

  service = (id: string): Promise<Service> => this.admin.query('services.get', { id });

  async operation(serviceId: string): Promise<Operation> {
    const { operations } = await this.admin.query<{ operations: Operation[] }>('services.get', { id: serviceId });
    const [newest] = operations;
    if (!newest) throw new Error(`Service ${serviceId} has no operation`);
    return newest;
  }

  /** Waits until the newest operation of a service stands so; the message of a timeout tells how it stood. */
  async until(serviceId: string, state: OperationState, timeout = 30_000): Promise<Operation> {
    return vi.waitFor(
      async () => {
        const operation = await this.operation(serviceId);
        const { reason } = operation;
        if (operation.state !== state || (reason === null) !== (state === 'SUCCEEDED')) {
          throw new Error(`Expected ${state}, but it is ${operation.state}: ${JSON.stringify(reason)}`);
        }
        return operation;
      },
      { timeout, interval: 100 },
    );
  }

  /** The accounts on all simulated panels that carry this service's id. */
  async remoteAccounts(serviceId: string): Promise<string[]> {
    const states = await Promise.all(this.panels.map((panel) => panel.state()));
    return states
      .flatMap(({ accounts }) => accounts)
      .filter(({ externalId }) => externalId === serviceId)
      .map(({ id }) => id);
  }

  /** Calls of one kind on all simulated panels. */
  async calls(op: string): Promise<number> {
    const states = await Promise.all(this.panels.map((panel) => panel.state()));
    return states.flatMap(({ calls }) => calls).filter((call) => call.op === op).length;
  }

  async mailsOf(serviceId: string): Promise<Mail[]> {
    const mails: Mail[] = await (await fetch(`${this.demo.facts.mailbox}/email`)).json();
    const { domain } = await this.admin.query<{ domain: string }>('services.get', { id: serviceId });
    // The domain with a space or end behind it: order-1 must not be found in order-10.
    return mails.filter(({ text }) => new RegExp(`(^|[^\\w-])${domain.replaceAll('.', '\\.')}(?![\\w.-])`).test(text));
  }

  /** What must hold once everything has come to rest: nothing is open, and the counters say what the rows say. */
  async restingState(): Promise<{
    openAttempts: number;
    panelSlots: number;
    driftingServers: number;
    doublePlacements: number;
  }> {
    const [row] = await this.sql<{
      openAttempts: number;
      panelSlots: number;
      driftingServers: number;
      doublePlacements: number;
    }>(
      `select (select count(*)::int from "OperationAttempt" where "endedAt" is null) as "openAttempts",
        (select count(*)::int from "PanelSlot") as "panelSlots",
        (select count(*)::int from "Server" s where "accountCount" <>
          (select count(*) from "Placement" p where p."serverId" = s.id and p."releasedAt" is null)) as "driftingServers",
        (select count(*)::int from (select 1 from "Placement" where "releasedAt" is null group by "serviceId" having count(*) > 1) d)
          as "doublePlacements"`,
    );
    if (!row) throw new Error('The database answered no row');
    return row;
  }
}

export const AT_REST = { openAttempts: 0, panelSlots: 0, driftingServers: 0, doublePlacements: 0 };
