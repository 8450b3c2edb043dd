import { expect, it } from 'vitest';
import { db } from '@/lib/db';
import { makeServer } from '../../../prisma/factories/server';
import { exportServers } from './export-servers';
import { exportServersInput } from './schema';

it('holds the servers of the filter, without anything that opens them', async () => {
  await makeServer({ name: 'Oak', config: { apiKey: 'planted-key' }, maxAccounts: 20, accountCount: 3 });
  const elm = await makeServer({ name: '=Elm()', config: { apiKey: 'planted-key' } });
  await db.server.update({ where: { id: elm.id }, data: { heldAt: new Date(), heldReason: 'Moved, "soon"' } });
  const { text, rows, complete } = await exportServers(exportServersInput.parse({ state: 'held' }));
  expect({ rows, complete }).toEqual({ rows: 1, complete: true });
  expect(text).toContain(`,"'=Elm()",`);
  expect(text).toContain('"Moved, ""soon"""');
  const whole = (await exportServers(exportServersInput.parse({}))).text;
  expect(whole).toContain(',Oak,');
  expect(whole).not.toContain('planted-key');
});
