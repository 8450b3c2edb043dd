import { createGroup } from '@/features/groups/create-group';
import { createProduct } from '@/features/products/create-product';
import { createProductInput } from '@/features/products/schema';
import { createServer } from '@/features/servers/create-server';
import { createServerInput } from '@/features/servers/schema';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { pickaxeDemo } from '@/modules/pickaxe/demo';
import type { RunningSimulator } from './read-demo-settings';

/**
 * One server group with a server for each running simulator, and the products that are placed there.
 * Answers the products' ids by name.
 */
export async function seedCatalogue(ctx: Ctx, simulators: readonly RunningSimulator[]): Promise<Map<string, string>> {
  const { group, servers, products } = pickaxeDemo;
  const known = await db.serverGroup.findUnique({ where: { name: group.name }, select: { id: true } });
  const { id: groupId } = known ?? (await createGroup(ctx, group));
  const panels = simulators.filter(({ slug }) => slug === 'pickaxe');
  for (const [groupPosition, panel] of panels.slice(0, servers.length).entries()) {
    const place = { moduleSlug: panel.slug, config: panel.credentials, groupId, groupPosition };
    await seedServer(ctx, { ...servers[groupPosition], ...place });
  }
  const ids = new Map<string, string>();
  for (const product of products) {
    const place = { moduleSlug: 'pickaxe', serverGroupId: groupId };
    ids.set(product.name, await seedProduct(ctx, { ...product, ...place }));
  }
  return ids;
}

async function seedServer(ctx: Ctx, parts: unknown): Promise<void> {
  const input = createServerInput.parse(parts);
  const known = await db.server.findFirst({ where: { name: input.name }, select: { id: true } });
  if (!known) await createServer(ctx, input);
}

async function seedProduct(ctx: Ctx, parts: unknown): Promise<string> {
  const input = createProductInput.parse(parts);
  const known = await db.product.findFirst({ where: { name: input.name }, select: { id: true } });
  return (known ?? (await createProduct(ctx, input))).id;
}
