import { createGroup } from '@/features/groups/create-group';
import { createProduct } from '@/features/products/create-product';
import { createProductInput } from '@/features/products/schema';
import { createServer } from '@/features/servers/create-server';
import { createServerInput } from '@/features/servers/schema';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { cpanelDemo } from '@/modules/cpanel/demo';
import { pickaxeDemo } from '@/modules/pickaxe/demo';
import type { RunningSimulator } from './read-demo-settings';

interface SampleCatalogue {
  group: { readonly name: string; readonly fillType: 'fill' };
  servers: readonly object[];
  products: readonly { readonly name: string }[];
}

const CATALOGUES: Record<string, SampleCatalogue> = { pickaxe: pickaxeDemo, cpanel: cpanelDemo };

/**
 * For each kind of panel one server group with a server for each running simulator, and the products that are placed
 * there. Answers the products' ids by name.
 */
export async function seedCatalogue(ctx: Ctx, simulators: readonly RunningSimulator[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [moduleSlug, catalogue] of Object.entries(CATALOGUES)) {
    const panels = simulators.filter(({ slug }) => slug === moduleSlug);
    // A demo that was begun by an older release has no panel of a newer kind.
    if (panels.length > 0) await seedPanels(ctx, { moduleSlug, panels, ...catalogue }, ids);
  }
  return ids;
}

async function seedPanels(
  ctx: Ctx,
  {
    moduleSlug,
    panels,
    group,
    servers,
    products,
  }: SampleCatalogue & { moduleSlug: string; panels: RunningSimulator[] },
  ids: Map<string, string>,
): Promise<void> {
  const known = await db.serverGroup.findUnique({ where: { name: group.name }, select: { id: true } });
  const { id: groupId } = known ?? (await createGroup(ctx, group));
  for (const [groupPosition, panel] of panels.slice(0, servers.length).entries()) {
    await seedServer(ctx, { ...servers[groupPosition], moduleSlug, config: panel.credentials, groupId, groupPosition });
  }
  for (const product of products) {
    ids.set(product.name, await seedProduct(ctx, { ...product, moduleSlug, serverGroupId: groupId }));
  }
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
