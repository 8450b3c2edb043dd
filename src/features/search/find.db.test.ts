import { readdirSync, readFileSync } from 'node:fs';

import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeServer } from '../../../prisma/factories/server';
import { makeService } from '../../../prisma/factories/service';
import { find } from './find';

const names = async (text: string) => {
  const { services, servers, customers, operations } = await find({ text });
  return {
    services: services.map(({ name }) => name),
    servers: servers.map(({ name }) => name),
    customers: customers.map(({ name }) => name),
    operations: operations.map(({ id }) => id),
  };
};
const NOTHING = { services: [], servers: [], customers: [], operations: [] };
let serviceId = '';
let operationId = '';

beforeAll(async () => {
  const customer = await makeCustomer({ name: 'Ada Lovelace', email: 'ada@engine.example', externalRef: 'INV-77' });
  serviceId = (await makeService({ customerId: customer.id, domain: 'play.example.org', username: 'adal_1' })).id;
  operationId = (await makeOperation({ serviceId, state: 'FAILED' })).id;
  await makeServer({ name: 'Frankfurt 3', hostname: 'fra3.example.net', ipAddress: '203.0.113.9' });
  await makeServer({ name: 'Frankfurt 2', archivedAt: new Date() });
  await makeService({ domain: 'other.example.com' });
});

describe('what staff type', () => {
  it.each(['PLAY.exa', 'adal_', 'example.org'])('finds a service, and its work, by %j', async (text) => {
    expect(await names(text)).toEqual({ ...NOTHING, services: ['play.example.org'], operations: [operationId] });
  });

  it.each(['frank', 'FRA3.', '203.0.113'])('finds a server that is not archived by %j', async (text) => {
    expect(await names(text)).toEqual({ ...NOTHING, servers: ['Frankfurt 3'] });
  });

  it.each(['lovel', 'engine.example', 'inv-7'])('finds a customer by %j', async (text) => {
    expect((await names(text)).customers).toEqual(['Ada Lovelace']);
  });

  it('finds a service and an operation by id, whole or by its end', async () => {
    for (const text of [serviceId, serviceId.slice(-8), serviceId.toUpperCase()]) {
      expect((await names(text)).services).toEqual(['play.example.org']);
    }
    for (const text of [operationId, operationId.slice(-8)]) {
      expect((await names(text)).operations).toContain(operationId);
    }
  });

  it.each(['%', '_', '\\'])('means %j itself by it', async (text) => {
    const { services, servers, customers } = await names(text);
    expect({ services, servers, customers }).toEqual({
      services: text === '_' ? ['play.example.org'] : [],
      servers: [],
      customers: [],
    });
  });
});

describe('the indexes', () => {
  const folder = readdirSync('prisma/migrations').find((name) => name.endsWith('_search_indexes'));
  const statements = readFileSync(`prisma/migrations/${folder}/migration.sql`, 'utf8').split(/(?<=\$\$;\n)/);

  it('are used for "contains"', async () => {
    const plan = await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      return tx.$queryRaw<object[]>`EXPLAIN SELECT 1 FROM "Service" WHERE "domain" ILIKE '%play%'`;
    });
    expect(JSON.stringify(plan)).toContain('Service_domain_trigrams');
  });

  it('are left out where the extension may not be loaded', async () => {
    const undone = new Error('undone');
    const work = db.$transaction(async (tx) => {
      await tx.$executeRaw`DROP EXTENSION pg_trgm CASCADE`;
      await tx.$executeRaw`CREATE ROLE search_without_rights`;
      await tx.$executeRaw`SET LOCAL ROLE search_without_rights`;
      for (const statement of statements.slice(0, 2)) await tx.$executeRawUnsafe(statement);
      const found = await tx.$queryRaw<object[]>`SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'`;
      expect(found).toEqual([]);
      throw undone;
    });
    await expect(work).rejects.toBe(undone);
  });
});
