import { z } from 'zod';

export const previewInput = z
  .strictObject({
    /** Orders of this product; else orders that may use every server of the group. */
    productId: z.uuid('This is no product id.').optional(),
    groupId: z.uuid('This is no group id.').optional(),
    count: z.number().int().min(1).max(1000).default(10),
  })
  .refine(({ productId, groupId }) => (productId === undefined) !== (groupId === undefined), {
    path: ['productId'],
    message: 'Name either a product or a group.',
  });
export type PreviewInput = z.infer<typeof previewInput>;
