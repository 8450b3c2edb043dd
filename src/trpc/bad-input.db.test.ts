import { beforeAll, describe, expect, it } from 'vitest';
import { syncModules } from '@/features/modules/sync-modules';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { makeCustomer } from '../../prisma/factories/customer';
import { makeProduct } from '../../prisma/factories/product';
import { makeUser } from '../../prisma/factories/user';
import { callOverHttp, cookieOf } from './testing/call';

const create = { path: 'services.create', type: 'mutation' } as const;
const good = { productId: '', customerId: '' };
let cookie = '';

beforeAll(async () => {
  await syncModules();
  const module = await db.serverModule.findUniqueOrThrow({ where: { slug: 'pickaxe' } });
  const ram = { id: 'ram', label: 'Memory', unit: 'MB', min: 1024, max: 8192, step: 512, default: 2048 };
  good.productId = (await makeProduct({ moduleId: module.id, configOptions: [ram] })).id;
  good.customerId = (await makeCustomer()).id;
  cookie = await cookieOf((await makeUser({ role: 'SUPPORT' })).id);
});

/** Everything an order could have touched. */
async function footprint(): Promise<unknown> {
  const services = db.service.count();
  const operations = db.operation.count();
  const entries = db.auditEntry.count({ where: { action: { startsWith: 'service' } } });
  const keys = db.idempotencyKey.count();
  return { rows: await Promise.all([services, operations, entries, keys]), customer: await db.customer.findMany() };
}

const ram = (quantity: unknown) => ({ configOptions: [{ optionId: 'ram', quantity }] });
const TABLE: [name: string, change: () => object, field: string][] = [
  ['an unknown product', () => ({ productId: uuidv7() }), 'productId'],
  ['a product id that is none', () => ({ productId: '1 OR 1=1' }), 'productId'],
  ["a customer's id as product", () => ({ productId: good.customerId }), 'productId'],
  ["a product's id as customer", () => ({ customerId: good.productId }), 'customerId'],
  ['a missing customer', () => ({ customerId: undefined }), 'customerId'],
  ['negative memory', () => ram(-1), 'configOptions.0.quantity'],
  ['half a megabyte', () => ram(1024.5), 'configOptions.0.quantity'],
  ['memory between two steps', () => ram(1025), 'configOptions.0.quantity'],
  ['too much memory', () => ram(2 ** 31), 'configOptions.0.quantity'],
  ['memory as text', () => ram('2048'), 'configOptions.0.quantity'],
  [
    'an option that is not offered',
    () => ({ configOptions: [{ optionId: '__proto__', quantity: 1 }] }),
    'configOptions.0.optionId',
  ],
  [
    'an option twice',
    () => ({ configOptions: [ram(1024), ram(1024)].flatMap((one) => one.configOptions) }),
    'configOptions.1.optionId',
  ],
  ['a domain of 300 characters', () => ({ domain: `${'a'.repeat(296)}.com` }), 'domain'],
  ['a domain with a label of 64', () => ({ domain: `${'a'.repeat(64)}.com` }), 'domain'],
  ['a domain with a line break', () => ({ domain: 'a.com\r\nx: y' }), 'domain'],
  ['a wildcard', () => ({ domain: '*.example.com' }), 'domain'],
  ['an address as domain', () => ({ domain: '127.0.0.1' }), 'domain'],
  ['a public suffix as domain', () => ({ domain: 'co.uk' }), 'domain'],
  ['an unknown field', () => ({ ramm: 1 }), 'ramm'],
  ['a field that is not theirs to set', () => ({ status: 'ACTIVE' }), 'status'],
  [
    'an unknown field further in',
    () => ({ configOptions: [{ optionId: 'ram', quantity: 1024, price: 0 }] }),
    'configOptions.0.price',
  ],
  ['a short key', () => ({ idempotencyKey: 'x' }), 'idempotencyKey'],
];

describe('an order with', () => {
  it.each(TABLE)('%s is refused, names the field and changes nothing', async (_name, change, field) => {
    const before = await footprint();
    const { status, text } = await callOverHttp(cookie, create, { ...good, ...change() });
    const { error } = JSON.parse(text);
    expect([status, error.data.issues.map((issue: { path: string[] }) => issue.path.join('.'))]).toEqual([
      400,
      [field],
    ]);
    expect(error.message.length).toBeGreaterThan(20);
    expect(await footprint()).toEqual(before);
  });

  it('a prototype in its JSON pollutes nothing', async () => {
    const body = `{"productId":"${good.productId}","customerId":"${good.customerId}","__proto__":{"polluted":1}}`;
    await callOverHttp(cookie, create, body);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('a good order', () => {
  it('is taken once per key, answered with its operation, and refused with other values', async () => {
    const order = { ...good, idempotencyKey: 'order-4711', ...ram(4096) };
    const [first, second] = await Promise.all([
      callOverHttp(cookie, create, order),
      callOverHttp(cookie, create, order),
    ]);
    const { data } = JSON.parse(first.text).result;
    expect(data).toMatchObject({
      status: 'PENDING',
      moduleSlug: 'pickaxe',
      server: null,
      operation: { state: 'QUEUED', id: data.operationId },
    });
    expect(JSON.parse(second.text).result.data.operationId).toBe(data.operationId);
    const other = await callOverHttp(cookie, create, { ...order, ...ram(2048) });
    expect(other.status).toBe(409);
    expect(JSON.parse(other.text).error.data.issues).toMatchObject([{ path: ['idempotencyKey'] }]);
  });
});
