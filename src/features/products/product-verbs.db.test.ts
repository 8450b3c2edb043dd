import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { syncModules } from '@/features/modules/sync-modules';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeProduct } from '../../../prisma/factories/product';
import { makeService } from '../../../prisma/factories/service';
import { getProduct } from './queries';
import { removeProduct } from './remove-product';
import { updateProductInput } from './schema';
import { updateProduct } from './update-product';

const ctx = systemContext('test');
let moduleId = '';
let id = '';

beforeAll(async () => {
  await syncModules();
  moduleId = (await db.serverModule.findUniqueOrThrow({ where: { slug: 'pickaxe' } })).id;
});
beforeEach(async () => {
  id = (await makeProduct({ moduleId, name: 'Small', moduleSettings: { game: 'minecraft' }, maxWaitHours: 48 })).id;
});

const update = (changes: object) => updateProduct(ctx, updateProductInput.parse({ id, ...changes }));
const entries = () => db.auditEntry.findMany({ where: { targetId: id } });

describe('a change of a product', () => {
  it('touches only what is given and tells before and after', async () => {
    await update({ name: 'Medium', moduleSettings: { game: 'rust' } });
    const product = await getProduct(id);
    expect(product).toMatchObject({ name: 'Medium', maxWaitHours: 48, moduleSettings: { game: 'rust' } });
    expect(await entries()).toMatchObject([
      {
        action: 'product.update',
        before: { name: 'Small' },
        after: { name: 'Medium', changedModuleSettings: ['game'] },
      },
    ]);
  });

  it('that changes nothing leaves no entry', async () => {
    await update({ name: 'Small', moduleSettings: { game: 'minecraft' }, requiredTags: [] });
    expect(await entries()).toEqual([]);
  });

  it.each([
    ['settings that the module refuses', { moduleSettings: { game: '../etc' } }, ['moduleSettings', 'game']],
    ['a group that does not exist', { serverGroupId: '01890a5d-ac96-774b-bcce-b302099a8057' }, ['serverGroupId']],
  ])('with %s names the field and changes nothing', async (_name, changes, path) => {
    await expect(update({ name: 'Medium', ...changes })).rejects.toMatchObject({ issues: [{ path }] });
    expect((await getProduct(id)).name).toBe('Small');
    expect(await entries()).toEqual([]);
  });

  it('cannot move it to another module', () => {
    expect(() => updateProductInput.parse({ id, moduleSlug: 'cpanel' })).toThrow();
  });
});

describe('removing a product', () => {
  it('deletes one that was never ordered', async () => {
    await removeProduct(ctx, { id });
    expect(await db.product.count({ where: { id } })).toBe(0);
    expect(await entries()).toMatchObject([{ action: 'product.remove', before: { name: 'Small' } }]);
  });

  it('is refused with the counts while services are of it', async () => {
    await makeService({ productId: id });
    await makeService({ productId: id, status: 'TERMINATED' });
    await expect(removeProduct(ctx, { id })).rejects.toThrow(/2 services are of this product, 1 of them not ended/);
    expect(await db.product.count({ where: { id } })).toBe(1);
  });

  it('is refused while a service is being changed to it', async () => {
    const input = { change: { to: { productId: id } } };
    await makeOperation({ kind: 'CHANGE_PACKAGE', state: 'WAITING', input });
    await expect(removeProduct(ctx, { id })).rejects.toMatchObject({ code: 'INVALID_STATE' });
  });
});
