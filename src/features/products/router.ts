import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { createProduct } from './create-product';
import { getProduct, listProducts } from './queries';
import { createProductInput, productFilter } from './schema';

export const productsRouter = router({
  list: staffProcedure.input(productFilter.prefault({})).query(({ input }) => listProducts(input)),
  get: staffProcedure.input(idInput).query(({ input }) => getProduct(input.id)),
  create: adminProcedure.input(createProductInput).mutation(({ ctx, input }) => createProduct(ctx, input)),
});
