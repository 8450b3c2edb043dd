import { z } from 'zod';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { badInput, DomainError } from '@/lib/errors';
import type { PlaceableProduct } from './candidates';

/** The server that a person chose for one order; frozen into the operation's input. */
const handPicked = z.object({ serverId: z.string(), by: z.string(), overrideReason: z.string().nullable() });
export type HandPicked = z.infer<typeof handPicked>;

const withHandPicked = z.object({ handPicked });

/** null = the rule chooses. */
export function readHandPicked(operationInput: unknown): HandPicked | null {
  return withHandPicked.safeParse(operationInput).data?.handPicked ?? null;
}

/**
 * Judges a server named in an order: it must be one that the rule could choose too. That it is full, held or offline now
 * is no refusal: the order waits for it. Only an administrator may put an order over the limit, with a reason.
 * Throws BAD_INPUT naming the field, or FORBIDDEN.
 */
export async function checkHandPicked(
  tx: Tx,
  ctx: Ctx,
  product: PlaceableProduct,
  asked: { serverId?: string | undefined; overrideReason?: string | undefined },
): Promise<HandPicked | null> {
  const { serverId, overrideReason } = asked;
  if (serverId === undefined) {
    if (overrideReason === undefined) return null;
    throw badInput(['overrideReason'], 'There is no limit to override: choose the server by hand first.');
  }
  if (overrideReason !== undefined && !mayOverride(ctx)) {
    throw new DomainError(
      'FORBIDDEN',
      'Only an administrator may put an order over the limit of a server. Nothing was ordered. Leave the reason empty, or ask an administrator.',
    );
  }
  const server = await tx.server.findUnique({ where: { id: serverId } });
  if (!server || server.archivedAt !== null) {
    throw badInput(['serverId'], 'There is no such server. Choose one from the list, or leave the choice to the rule.');
  }
  const problem = misfit(server, product);
  if (problem)
    throw badInput(['serverId'], `"${server.name}" ${problem} Choose another server, or leave the choice to the rule.`);
  return { serverId, by: ctx.actor.name, overrideReason: overrideReason ?? null };
}

interface Placed {
  moduleId: string;
  groupId: string | null;
  tags: string[];
  type: string;
}

/** Why the server can never take this product. */
function misfit(server: Placed, product: PlaceableProduct): string | null {
  if (server.moduleId !== product.moduleId) return 'has another kind of panel than this product needs.';
  if (product.serverGroupId !== null && server.groupId !== product.serverGroupId) {
    return 'is not in the group of this product.';
  }
  const missing = product.requiredTags.filter((tag) => !server.tags.includes(tag));
  if (missing.length > 0) return `lacks what this product asks for: ${missing.join(', ')}.`;
  if (product.requiredType !== null && server.type !== product.requiredType) {
    return `is of the type ${server.type}, this product asks for ${product.requiredType}.`;
  }
  return null;
}

/** No key orders over a limit: that is for a person who answers for it. */
function mayOverride({ actor }: Ctx): boolean {
  return actor.type === 'system' || (actor.type === 'user' && actor.role === 'ADMIN');
}
