import { expect, it } from 'vitest';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeServer } from '../../../prisma/factories/server';
import { listCustomers } from '../customers/queries';
import { listInput } from '../lists/schema';
import { listServers } from './queries';
import { serverFilter } from './schema';

interface Named {
  name: string;
}

/** All names of a list, read two rows at a time. */
async function walk(read: (cursor?: string) => Promise<{ items: Named[]; nextCursor: string | null }>) {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return names;
}

it('lists servers from A to Z or by how many accounts they hold, each once', async () => {
  const accounts = { oak: 4, Birch: 9, Çam: 4, Elm: 0, Zelkova: 4 };
  for (const [name, accountCount] of Object.entries(accounts)) await makeServer({ name, accountCount });
  const of = (sort: 'name' | 'accounts') =>
    walk((cursor) => listServers(serverFilter.parse({ sort, limit: 2, ...(cursor && { cursor }) })));
  expect(await of('name')).toEqual(['Birch', 'Çam', 'Elm', 'oak', 'Zelkova']);
  expect(await of('accounts')).toEqual(['Birch', 'Zelkova', 'Çam', 'oak', 'Elm']);
});

it('lists customers as people sort names, each once, equal ones too', async () => {
  for (const name of ['Zoe', 'Çelik', 'de Vries', 'Ada', 'Ada', 'Ada']) await makeCustomer({ name });
  const names = await walk((cursor) =>
    listCustomers(listInput.parse({ sort: 'name', limit: 2, ...(cursor && { cursor }) })),
  );
  expect(names).toEqual(['Ada', 'Ada', 'Ada', 'Çelik', 'de Vries', 'Zoe']);
});

it('refuses a cursor that says no number of accounts', async () => {
  const cursor = Buffer.from('["accounts","many","a"]').toString('base64url');
  await expect(listServers(serverFilter.parse({ sort: 'accounts', cursor }))).rejects.toMatchObject({
    code: 'BAD_INPUT',
    issues: [{ path: ['cursor'] }],
  });
});
