import { createHash } from 'node:crypto';
import { z } from 'zod';
import { requireModule } from '@/features/modules/require-module';
import { requestOperation } from '@/features/operations/request-operation';
import { checkHandPicked } from '@/features/placement/hand-picked';
import { productOption } from '@/features/products/schema';
import { recordAudit } from '@/lib/audit';
import { canonicalJson } from '@/lib/canonical-json';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { badInput, DomainError } from '@/lib/errors';
import { uuidv7 } from '@/lib/ids';
import { inTransaction } from '@/lib/transaction';
import { readDomain } from './check-domain';
import { type ChosenOption, chooseOptions } from './choose-options';

export interface CreateServiceInput {
  productId: string;
  customerId: string;
  domain?: string | undefined;
  configOptions?: ChosenOption[] | undefined;
  /** Chosen by hand: the order waits for this server instead of taking another. */
  serverId?: string | undefined;
  /** ADMIN only: puts the order over the server's limit, and says why. */
  overrideReason?: string | undefined;
  /** Chosen by the caller before the first try: the same key returns the first answer, for 30 days. */
  idempotencyKey?: string | undefined;
}

export interface CreatedService {
  serviceId: string;
  operationId: string;
}

/**
 * Takes an order: the service (PENDING) and its create operation, in one transaction. The executor is told afterwards.
 * Refuses what could never be set up, naming the field; lack of room is no refusal, the order waits.
 */
export async function createService(ctx: Ctx, input: CreateServiceInput): Promise<CreatedService> {
  return inTransaction(async (tx) => {
    const repeated = await claimKey(tx, ctx, input);
    if (repeated) return repeated;
    const { product, customer } = await readParties(tx, input);
    const module = await requireModule(product.module.slug);
    const settings = readSettings(product, module.settingsSchema);
    const domain = await readOrderDomain(
      tx,
      input.domain,
      module.policies?.needsDomain ?? module.type === 'hosting',
      product.moduleId,
    );
    const configOptions = chooseOptions(z.array(productOption).parse(product.configOptions), input.configOptions ?? []);
    const handPicked = await checkHandPicked(tx, ctx, product, input);
    const service = await tx.service.create({
      data: {
        customerId: customer.id,
        productId: product.id,
        domain,
        configOptions: configOptions.map((option) => ({ ...option })),
      },
    });
    const operation = await requestOperation(tx, ctx, {
      serviceId: service.id,
      kind: 'CREATE',
      input: {
        moduleSettings: settings,
        configOptions: configOptions.map((option) => ({ ...option })),
        ...(handPicked ? { handPicked } : {}),
      },
      waitHours: product.maxWaitHours,
    });
    await recordAudit(tx, ctx, {
      action: 'service.create',
      targetType: 'service',
      targetId: service.id,
      reason: handPicked?.overrideReason ?? undefined,
      after: {
        productId: product.id,
        customerId: customer.id,
        domain,
        ...(handPicked ? { serverId: handPicked.serverId, overLimit: handPicked.overrideReason !== null } : {}),
      },
    });
    if (input.idempotencyKey !== undefined) {
      await tx.idempotencyKey.update({
        where: { actor_key: { actor: actorKey(ctx), key: input.idempotencyKey } },
        data: { serviceId: service.id, operationId: operation.id },
      });
    }
    return { serviceId: service.id, operationId: operation.id };
  });
}

const actorKey = (ctx: Ctx) => `${ctx.actor.type}:${ctx.actor.id ?? ctx.actor.name}`;

/** Takes the key for this request, or answers what the first request with it made. A rival with the same key is waited for. */
async function claimKey(tx: Tx, ctx: Ctx, input: CreateServiceInput): Promise<CreatedService | null> {
  const { idempotencyKey, ...asked } = input;
  if (idempotencyKey === undefined) return null;
  const actor = actorKey(ctx);
  const inputHash = createHash('sha256').update(canonicalJson(asked)).digest('hex');
  const taken = await tx.$executeRaw`INSERT INTO "IdempotencyKey" ("id", "actor", "key", "inputHash")
    VALUES (${uuidv7()}, ${actor}, ${idempotencyKey}, ${inputHash}) ON CONFLICT ("actor", "key") DO NOTHING`;
  if (taken === 1) return null;
  const first = await tx.idempotencyKey.findUniqueOrThrow({ where: { actor_key: { actor, key: idempotencyKey } } });
  if (first.inputHash !== inputHash || first.serviceId === null || first.operationId === null) {
    throw new DomainError(
      'CONFLICT',
      'This idempotency key was used for another order. Nothing was created. Send a new key for a new order.',
      [{ path: ['idempotencyKey'], message: 'Used before with other values.' }],
    );
  }
  return { serviceId: first.serviceId, operationId: first.operationId };
}

async function readParties(tx: Tx, input: CreateServiceInput) {
  const product = await tx.product.findUnique({ where: { id: input.productId }, include: { module: true } });
  if (!product)
    throw badInput(['productId'], 'There is no product with this id. Choose one from the list of products.');
  if (!product.isActive)
    throw badInput(['productId'], `"${product.name}" is no longer sold. Choose another product, or activate it first.`);
  if (!product.module.isActive) {
    throw badInput(
      ['productId'],
      `The module "${product.module.name}" of this product is switched off. Switch it on before ordering.`,
    );
  }
  const customer = await tx.customer.findUnique({ where: { id: input.customerId } });
  if (!customer)
    throw badInput(
      ['customerId'],
      'There is no customer with this id. Choose one from the list, or create the customer first.',
    );
  return { product, customer };
}

/** The product's settings as its module understands them today; frozen into the order. */
function readSettings(product: { name: string; moduleSettings: unknown }, schema: z.ZodType | undefined) {
  const jsonObject = z.record(z.string(), z.json());
  const parsed = (schema ?? jsonObject).safeParse(product.moduleSettings);
  if (parsed.success) return jsonObject.parse(JSON.parse(JSON.stringify(parsed.data)));
  const issue = parsed.error.issues[0];
  throw badInput(
    ['productId'],
    `"${product.name}" cannot be ordered: its setting ${issue?.path.join('.') ?? ''} is not right (${issue?.message ?? 'invalid'}). Correct the product first.`,
  );
}

async function readOrderDomain(
  tx: Tx,
  typed: string | undefined,
  needed: boolean,
  moduleId: string,
): Promise<string | null> {
  if (typed === undefined || typed.trim() === '') {
    if (needed) throw badInput(['domain'], 'This product needs a domain. Enter a name such as example.com.');
    return null;
  }
  const domain = readDomain(typed);
  if (needed) {
    const other = await tx.service.findFirst({
      where: { domain, status: { notIn: ['TERMINATED', 'CANCELLED', 'FAILED'] }, product: { moduleId } },
    });
    if (other)
      throw badInput(
        ['domain'],
        `${domain} is in use by another service. Enter another name, or end that service first.`,
      );
  }
  return domain;
}
