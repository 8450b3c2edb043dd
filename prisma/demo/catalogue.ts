import { createGroup } from '@/features/groups/create-group';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { pickaxeDemo } from '@/modules/pickaxe/demo';
import { makeProduct } from '../factories/product';
import { makeServer } from '../factories/server';
import type { RunningSimulator } from './read-demo-settings';

/** One server group with a server for each running simulator, and the products that are placed there. */
export async function seedCatalogue(ctx: Ctx, simulators: readonly RunningSimulator[]): Promise<Map<string, string>> {
  const module = await db.serverModule.findUnique({ where: { slug: 'pickaxe' } });
  if (!module)
    throw new Error('The module "pickaxe" is not in the database. The web process writes it when it starts.');
  const { group, servers, products } = pickaxeDemo;
  const { id: groupId } =
    (await db.serverGroup.findUnique({ where: { name: group.name } })) ?? (await createGroup(ctx, group));
  const panels = simulators.filter(({ slug }) => slug === 'pickaxe');
  for (const [index, server] of servers.slice(0, panels.length).entries()) {
    await seedServer({ ...server, moduleId: module.id, groupId, groupPosition: index }, panels[index]);
  }
  const ids = new Map<string, string>();
  for (const { configOptions, ...product } of products) {
    const known = await db.product.findFirst({ where: { name: product.name }, select: { id: true } });
    const parts = { ...product, moduleId: module.id, serverGroupId: groupId };
    const { id } =
      known ?? (await makeProduct({ ...parts, configOptions: configOptions.map((option) => ({ ...option })) }));
    ids.set(product.name, id);
  }
  return ids;
}

async function seedServer(parts: Parameters<typeof makeServer>[0] & { name: string }, panel?: RunningSimulator) {
  const known = await db.server.findFirst({ where: { name: parts.name }, select: { id: true } });
  if (known || !panel) return;
  const { apiUrl, nodeId } = panel.credentials;
  await makeServer({ ...parts, config: panel.credentials, open: { apiUrl: String(apiUrl), nodeId: String(nodeId) } });
}
