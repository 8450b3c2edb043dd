import { beforeEach, describe, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeService } from '../../../prisma/factories/service';
import { makeUser } from '../../../prisma/factories/user';
import { removeCustomer } from './remove-customer';
import { updateCustomer } from './update-customer';

const ctx = systemContext('test');
let id = '';
const entries = () => db.auditEntry.findMany({ where: { targetId: id } });

beforeEach(async () => {
  await db.customer.deleteMany({ where: { services: { none: {} } } });
  id = (await makeCustomer({ name: 'Ada', externalRef: 'A-1' })).id;
});

describe('a change of a customer', () => {
  it('tells before and after, and keeps what is not given', async () => {
    await updateCustomer(ctx, { id, name: 'Ada L.', language: 'tr', externalRef: 'A-1' });
    expect(await db.customer.findUnique({ where: { id } })).toMatchObject({ name: 'Ada L.', externalRef: 'A-1' });
    expect(await entries()).toMatchObject([
      { before: { name: 'Ada', language: 'en' }, after: { name: 'Ada L.', language: 'tr' } },
    ]);
  });

  it('is refused when another customer has the reference', async () => {
    await makeCustomer({ externalRef: 'B-2' });
    const refused = updateCustomer(ctx, { id, externalRef: 'B-2' });
    await expect(refused).rejects.toMatchObject({ issues: [{ path: ['externalRef'] }] });
    expect(await entries()).toEqual([]);
  });

  it('of somebody who is not there is not found', async () => {
    const nobody = { id: '01890a5d-ac96-774b-bcce-b302099a8057', name: 'x' };
    await expect(updateCustomer(ctx, nobody)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('removing a customer', () => {
  it('deletes who never bought anything, with the user behind it', async () => {
    const user = await makeUser({ role: 'CUSTOMER' });
    await db.customer.update({ where: { id }, data: { userId: user.id } });
    await removeCustomer(ctx, { id });
    expect(await db.customer.count({ where: { id } })).toBe(0);
    expect(await db.user.count({ where: { id: user.id } })).toBe(0);
    expect(await entries()).toMatchObject([{ action: 'customer.remove' }]);
  });

  it('is refused with the counts while there are services, ended ones too', async () => {
    await makeService({ customerId: id, status: 'TERMINATED' });
    await expect(removeCustomer(ctx, { id })).rejects.toThrow(/has 1 service, 0 of them not ended/);
    await makeService({ customerId: id });
    await expect(removeCustomer(ctx, { id })).rejects.toThrow(/has 2 services, 1 of them not ended/);
    expect(await db.customer.count({ where: { id } })).toBe(1);
  });
});
