import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { sealInput } from '@/features/operations/change-input';
import { makeCustomer } from '../../prisma/factories/customer';
import { makeOperation } from '../../prisma/factories/operation';
import { makeProduct } from '../../prisma/factories/product';
import { makeServer } from '../../prisma/factories/server';
import { makeService } from '../../prisma/factories/service';
import { makeUser } from '../../prisma/factories/user';
import { seal, unseal } from './crypto';
import { db } from './db';
import { keyRingPath, loadKeyRing } from './key-ring';
import { forgetOldKeys, rotateKeys } from './rotate-keys';
import type { SealPlace } from './sealed-box';
import { keyIdOf } from './sealed-box';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const servicePlace = (id: string): SealPlace => ({ table: 'Service', id, column: 'password' });

/** One secret in each place that can hold one, with what opens there. */
async function oneOfEach(): Promise<Array<{ place: SealPlace; plain: string; read: () => Promise<string> }>> {
  const server = await makeServer({ config: { apiKey: 'of the server' }, open: { apiUrl: 'https://x.example' } });
  const user = await makeUser();
  const operation = await makeOperation();
  const at = (table: string, id: string, column: string) => ({ table, id, column });
  const places = {
    password: servicePlace(operation.serviceId),
    result: at('Operation', operation.id, 'result'),
    secret: at('TwoFactor', user.id, 'secret'),
  };
  await db.service.update({
    where: { id: operation.serviceId },
    data: { password: await seal('of the service', places.password) },
  });
  const input = await sealInput(operation.id, { password: 'of the input', reason: 'eyJ is no secret' });
  await db.operation.update({
    where: { id: operation.id },
    data: { input, result: await seal('{"username":"x"}', places.result) },
  });
  await db.twoFactor.create({ data: { userId: user.id, secret: await seal('of the phone', places.secret) } });
  const readOperation = () => db.operation.findUniqueOrThrow({ where: { id: operation.id } });
  return [
    {
      place: at('Server', server.id, 'credentials'),
      plain: '{"apiKey":"of the server"}',
      read: async () =>
        (await db.server.findUniqueOrThrow({ where: { id: server.id } })).credentials?.['sealed' as never] ?? '',
    },
    {
      place: places.password,
      plain: 'of the service',
      read: async () => (await db.service.findUniqueOrThrow({ where: { id: operation.serviceId } })).password ?? '',
    },
    {
      place: at('Operation', operation.id, 'input'),
      plain: 'of the input',
      read: async () => (await readOperation()).input?.['password' as never] ?? '',
    },
    { place: places.result, plain: '{"username":"x"}', read: async () => (await readOperation()).result ?? '' },
    {
      place: places.secret,
      plain: 'of the phone',
      read: async () => (await db.twoFactor.findUniqueOrThrow({ where: { userId: user.id } })).secret,
    },
  ];
}

async function manyServices(count: number): Promise<void> {
  const [{ id: customerId }, { id: productId }] = await Promise.all([makeCustomer(), makeProduct()]);
  const ids = Array.from({ length: count }, (_, n) => `s-${String(n).padStart(6, '0')}`);
  const data = await Promise.all(
    ids.map(async (id) => ({ id, customerId, productId, password: await seal(`password of ${id}`, servicePlace(id)) })),
  );
  await db.service.createMany({ data });
}

/** How many passwords each key seals; opens every one of them. */
async function openAll(): Promise<Record<string, number>> {
  const rows = await db.service.findMany({ where: { password: { not: null }, id: { startsWith: 's-' } } });
  const counts: Record<string, number> = {};
  for (const { id, password } of rows) {
    expect(await unseal(password ?? '', servicePlace(id))).toBe(`password of ${id}`);
    const kid = keyIdOf(password ?? '') ?? '';
    counts[kid] = (counts[kid] ?? 0) + 1;
  }
  return counts;
}

const silent = () => {};
const fileKeys = async () => Object.keys(JSON.parse(await readFile(keyRingPath(), 'utf8')).keys);

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "Customer", "Product", "Server", "User", "Setting" CASCADE`;
  await loadKeyRing();
});

describe('a rotation', () => {
  it('seals every secret anew, wherever one is kept, and leaves what stands beside it', async () => {
    const secrets = await oneOfEach();
    const { current: before } = await loadKeyRing();
    const progress: number[] = [];
    const done = await rotateKeys(({ done }) => progress.push(done));
    expect(done).toMatchObject({ resumed: false, resealed: secrets.length, unreadable: [], old: [before] });
    for (const { place, plain, read } of secrets) {
      expect(keyIdOf(await read())).toBe(done.current);
      expect(await unseal(await read(), place)).toBe(plain);
    }
    expect(progress.at(-1)).toBe(secrets.length);
    expect((await db.server.findFirstOrThrow()).credentials).toMatchObject({ open: { apiUrl: 'https://x.example' } });
    expect((await db.operation.findFirstOrThrow()).input).toMatchObject({ reason: 'eyJ is no secret' });
  });

  it('lets the old key go only when asked, and not while something carries it', async () => {
    const { current: first } = await loadKeyRing();
    await oneOfEach();
    const forgotten = await db.customer.create({
      data: { name: 'x', email: 'x@example.com', id: 'c', externalRef: await seal('elsewhere', servicePlace('x')) },
    });
    const { current, old } = await rotateKeys(silent);
    expect(old).not.toContain(first);
    expect(await forgetOldKeys()).not.toContain(first);
    await db.customer.delete({ where: { id: forgotten.id } });
    expect(await forgetOldKeys()).toContain(first);
    expect(await fileKeys()).toEqual([current]);
  });

  it('names what no key opens and leaves it', async () => {
    const service = await makeService({ password: await seal('of another', servicePlace('another')) });
    const first = await rotateKeys(silent);
    expect(first.unreadable).toEqual([`Service.password of ${service.id}`]);
    expect((await rotateKeys(silent)).resumed).toBe(false);
    expect((await db.service.findUniqueOrThrow({ where: { id: service.id } })).password).toBe(service.password);
  });

  it('keeps what the program writes meanwhile, and seals it with the new key too', async () => {
    await manyServices(600);
    let written = false;
    const { current } = await rotateKeys(() => {
      if (written) return;
      written = true;
      void db.service
        .update({ where: { id: 's-000599' }, data: { password: null } })
        .then(() => seal('password of s-000599', servicePlace('s-000599')))
        .then((password) => db.service.update({ where: { id: 's-000599' }, data: { password } }));
    });
    await expect.poll(openAll).toEqual({ [current]: 600 });
  });

  it('killed half-way leaves every secret readable, with either key, and is gone on with', async () => {
    await manyServices(1500);
    const { current: before } = await loadKeyRing();
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/rotate-keys/main.ts'], {
      cwd: ROOT,
      env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.node.json' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) {
      if (Number(/\] (\d+) of/.exec(line)?.[1]) >= 500) break;
    }
    child.kill('SIGKILL');
    await exited;
    const half = await openAll();
    expect(Object.keys(half)).toHaveLength(2);
    expect(half[before]).toBeGreaterThan(0);
    const rest = half[before];
    const { current, resumed, resealed } = await rotateKeys(silent);
    expect({ resumed, resealed }).toEqual({ resumed: true, resealed: rest });
    expect(await openAll()).toEqual({ [current]: 1500 });
  });
});
