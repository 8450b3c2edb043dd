import { beforeAll } from 'vitest';
import { loadDefinition, syncDefinitions } from '@/features/modules/load-definition';
import { requestChange } from '@/features/operations/request-change';
import { playToEnd } from '@/features/operations/testing/play-to-end';
import { createService } from '@/features/services/create-service';
import type { OperationKind } from '@/generated/prisma/enums';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { provideDefinitions } from '@/modules/registry';
import type { Simulator } from '@/modules/sdk/simulator-host';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeGenericModule } from '../../../prisma/factories/module-definition';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeServerModule } from '../../../prisma/factories/server-module';
import type { FaultPanel } from '../panels';

const ctx = systemContext('faults');

/** A panel of its own with one server, one product and one customer: cells can be played at the same time. */
export class FaultCell {
  #orders = 0;
  #serviceId = '';
  private constructor(
    readonly kind: FaultPanel,
    readonly panel: Simulator,
    readonly serverId: string,
    readonly productId: string,
    readonly customerId: string,
  ) {}

  static async make(kind: FaultPanel, panel: Simulator, moduleId: string, customerId: string): Promise<FaultCell> {
    const { id: groupId } = await makeServerGroup();
    const { id: serverId } = await makeServer({ moduleId, groupId, config: panel.credentials });
    const { id: productId } = await makeProduct({ moduleId, serverGroupId: groupId, moduleSettings: kind.settings });
    return new FaultCell(kind, panel, serverId, productId, customerId);
  }

  async order(): Promise<{ serviceId: string; operationId: string }> {
    this.#orders += 1;
    const domain = `order-${this.#orders}-${this.serverId.slice(-8)}.example.com`;
    return createService(ctx, { productId: this.productId, customerId: this.customerId, domain });
  }

  async ask(serviceId: string, kind: Exclude<OperationKind, 'CREATE'>): Promise<string> {
    const from = { productId: this.productId, moduleSettings: this.kind.settings, configOptions: [] };
    const wish = {
      ...(kind === 'CHANGE_PASSWORD' && { password: 'Another-secret-7' }),
      ...(kind === 'CHANGE_PACKAGE' && { change: { from, to: { ...this.kind.change, productId: this.productId } } }),
      ...(kind === 'CUSTOM_ACTION' && { actionId: this.kind.action?.id }),
    };
    const { operationId } = await requestChange(ctx, { serviceId, kind, wish });
    if (operationId === null) throw new Error(`${kind} was not started`);
    return operationId;
  }

  /** A service in the status that the operation needs (the last one, if it still lives), and that operation, not begun. */
  async prepare(kind: OperationKind): Promise<{ serviceId: string; operationId: string }> {
    if (kind === 'CREATE' || !(await this.#lives())) {
      const made = await this.order();
      this.#serviceId = made.serviceId;
      if (kind === 'CREATE') return made;
      await playToEnd(made.operationId);
    }
    const serviceId = this.#serviceId;
    const { status } = await db.service.findUniqueOrThrow({ where: { id: serviceId } });
    const needed = kind === 'UNSUSPEND' ? 'SUSPENDED' : 'ACTIVE';
    if (status !== needed) await playToEnd(await this.ask(serviceId, needed === 'ACTIVE' ? 'UNSUSPEND' : 'SUSPEND'));
    return { serviceId, operationId: await this.ask(serviceId, kind) };
  }

  /** The same for a service of its own. */
  prepareNew(kind: OperationKind): Promise<{ serviceId: string; operationId: string }> {
    this.#serviceId = '';
    return this.prepare(kind);
  }

  async #lives(): Promise<boolean> {
    return (await db.service.count({ where: { id: this.#serviceId, status: { in: ['ACTIVE', 'SUSPENDED'] } } })) === 1;
  }

  accountsOf({ domain }: { domain: string | null }) {
    return this.panel.state().accounts.filter((account) => account.domain === domain);
  }
}

/** As many cells of one kind of panel as there are names, each with its own simulator. */
export function startCells<Name extends string>(kind: FaultPanel, names: readonly Name[]): Map<Name, FaultCell> {
  const cells = new Map<Name, FaultCell>();
  beforeAll(async () => {
    provideDefinitions(loadDefinition);
    const { definition, slug } = kind;
    const { id: moduleId } = await (definition ? makeGenericModule(definition) : makeServerModule({ slug }));
    await syncDefinitions();
    const { id: customerId } = await makeCustomer();
    for (const name of names) {
      const panel = await simulators.take(kind);
      cells.set(name, await FaultCell.make(kind, panel, moduleId, customerId));
    }
  });
  return cells;
}

/**
 * The ports of all simulators have to be known before the first call is made, because the environment is read once: a file
 * says at its top how many of which kind it will take.
 */
export const simulators = {
  free: new Map<string, Simulator[]>(),
  all: [] as Simulator[],
  async prepare(kinds: readonly FaultPanel[], each: number): Promise<void> {
    for (const kind of kinds) {
      const started = await Promise.all(Array.from({ length: each }, () => kind.start()));
      this.free.set(kind.slug, started);
      this.all.push(...started);
    }
    process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = this.all.map(({ url }) => new URL(url).port).join(',');
    process.env.HYBLE_TIME_LIMIT_SECONDS = '1';
  },
  async take({ slug }: FaultPanel): Promise<Simulator> {
    const panel = this.free.get(slug)?.pop();
    if (!panel) throw new Error(`No simulator of ${slug} is left: prepare more at the top of the file`);
    return panel;
  },
  stop: () => Promise.all(simulators.all.map((panel) => panel.stop())),
};
