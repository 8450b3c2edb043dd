import { z } from 'zod';
import { type ChangeAnswer, requestChange } from '@/features/operations/request-change';
import { productOption } from '@/features/products/schema';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { badInput } from '@/lib/errors';
import { type ChosenOption, chooseOptions } from './choose-options';
import { chosenOptions } from './module-service';
import { requireCapability, requireService } from './require-service';

export interface ChangePackageInput {
  id: string;
  /** Default: the product it has. */
  productId?: string | undefined;
  configOptions?: ChosenOption[] | undefined;
}

const settings = z.record(z.string(), z.unknown());

/** Asks for another product of the same module, or for other quantities of the options. What is not named stays. */
export async function requestChangePackage(ctx: Ctx, input: ChangePackageInput): Promise<ChangeAnswer> {
  const service = await requireService(ctx, input.id);
  const module = await requireCapability(ctx, service, 'changePackage');
  const to = await db.product.findUnique({ where: { id: input.productId ?? service.productId } });
  if (!to) throw badInput(['productId'], 'There is no product with this id. Choose one from the list of products.');
  if (to.moduleId !== service.product.moduleId) {
    throw badInput(
      ['productId'],
      `"${to.name}" belongs to another module. A service can only change to a product of ${module.name}.`,
    );
  }
  const offered = z.array(productOption).parse(to.configOptions);
  const before = chosenOptions.parse(service.configOptions);
  const kept = before.filter(({ optionId }) => offered.some((option) => option.id === optionId));
  const asked = input.configOptions ?? [];
  const merged = [...kept.filter(({ optionId }) => !asked.some((choice) => choice.optionId === optionId)), ...asked];
  return requestChange(ctx, {
    serviceId: service.id,
    kind: 'CHANGE_PACKAGE',
    wish: {
      change: {
        from: {
          productId: service.productId,
          moduleSettings: settings.parse(service.product.moduleSettings),
          configOptions: before,
        },
        to: {
          productId: to.id,
          moduleSettings: settings.parse(to.moduleSettings),
          configOptions: chooseOptions(offered, merged),
        },
      },
    },
  });
}
