// What does it cost to choose a server, take the slot and write down why, in one transaction? Grows with nothing, is the
// claim: measured at 10,000 and at 1,000,000 services, in groups of 200 servers and in one of 10,000. Beside it stands the
// floor of this machine: the same rows written with nothing chosen and nothing explained.
import { availableParallelism, cpus, loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { wantedBy } from '@/features/placement/candidates';
import { placeService } from '@/features/placement/select-server';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { databaseCpu } from './database-cpu';
import { closeFloor, writeBare } from './placement-floor';
import {
  addServices,
  type BenchOrder,
  countLeftOver,
  makeOrders,
  prepare,
  seedWorld,
  spreadOver,
} from './placement-world';

const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: '10000' },
    services: { type: 'string', default: '10000,1000000' },
    orders: { type: 'string', default: '2000' },
    rule: { type: 'string', default: 'fill' },
  },
});
const servers = Number(values.servers);
const orders = Number(values.orders);

interface Figures {
  p50: number;
  p95: number;
  p99: number;
  perSecond: number;
  /** Processor time of one order in this process and in the database: what a busy machine changes least. */
  ownCpuMs: number;
  databaseCpuMs: number | null;
}

const round = (value: number) => Math.round(value * 100) / 100;
const share = (sorted: readonly number[], part: number) =>
  round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);

type Place = (order: BenchOrder, client: number) => Promise<unknown>;

/** Each client places one order after the other; the time of one is from the first statement to the end of the commit. */
async function measure(clients: number, groups: number, place: Place): Promise<Figures> {
  const queue = await makeOrders(orders, groups);
  const times: number[] = [];
  const databaseBefore = await databaseCpu();
  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  const client = async (_: unknown, number: number) => {
    for (let order = queue.pop(); order; order = queue.pop()) {
      const start = performance.now();
      const placed = await place(order, number);
      times.push(performance.now() - start);
      if (!placed) throw new Error('No room: the seed is wrong.');
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - begun) / 1000;
  const own = process.cpuUsage(cpuBefore);
  const databaseAfter = await databaseCpu();
  times.sort((a, b) => a - b);
  return {
    p50: share(times, 0.5),
    p95: share(times, 0.95),
    p99: share(times, 0.99),
    perSecond: Math.round(times.length / seconds),
    ownCpuMs: round((own.user + own.system) / 1000 / times.length),
    databaseCpuMs:
      databaseAfter === null || databaseBefore === null ? null : round((databaseAfter - databaseBefore) / times.length),
  };
}

const [{ version }] = await db.$queryRaw<[{ version: string }]>`SELECT version() AS version`;
const conditions = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  node: process.version,
  postgres: version.split(' ')[1],
};
await seedWorld(servers, values.rule);
const products = await db.product.findMany({ include: { serverGroup: true }, where: { serverGroupId: { not: null } } });
const productOf = new Map(products.map((product) => [product.id, product]));

const place: Place = ({ productId, ...owner }) => {
  const product = productOf.get(productId);
  if (!product) throw new Error('An order without its product: the seed is wrong.');
  return inTransaction((tx) => placeService(tx, owner, wantedBy(product, []), product.serverGroup?.fillType));
};
const floor: Place = (order, client) => writeBare(order, client, servers);

async function print(what: { services: number; groups: number; clients: number; floor?: true }, how: Place) {
  await prepare();
  await measure(what.clients, what.groups, how); // Warm: connections, plans, pages in memory.
  const figures = await measure(what.clients, what.groups, how);
  const load = Math.round((loadavg()[0] ?? 0) * 10) / 10;
  const wrongCounters = await countLeftOver();
  const first = { bench: 'placement', rule: values.rule, servers, orders, ...what };
  console.log(JSON.stringify({ ...first, ...figures, unit: 'ms', wrongCounters, load, ...conditions }));
}

for (const services of values.services.split(',').map(Number)) {
  await addServices(services);
  for (const groups of [50, 1]) {
    await spreadOver(groups);
    for (const clients of [1, 8]) {
      await print({ services, groups, clients, floor: true }, floor);
      await print({ services, groups, clients }, place);
    }
  }
}
await closeFloor();
await db.$disconnect();
