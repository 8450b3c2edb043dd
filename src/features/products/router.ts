import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { createProduct } from './create-product';
import { readPanelPackages } from './panel-packages';
import { getProduct, listProducts } from './queries';
import { removeProduct } from './remove-product';
import { createProductInput, packagesInput, productFilter, updateProductInput } from './schema';
import { updateProduct } from './update-product';

export const productsRouter = router({
  list: staffProcedure.input(productFilter.prefault({})).query(({ input }) => listProducts(input)),
  get: staffProcedure.input(idInput).query(({ input }) => getProduct(input.id)),
  packages: adminProcedure.input(packagesInput).query(({ ctx, input }) => readPanelPackages(ctx, input)),
  create: adminProcedure.input(createProductInput).mutation(({ ctx, input }) => createProduct(ctx, input)),
  update: adminProcedure.input(updateProductInput).mutation(({ ctx, input }) => updateProduct(ctx, input)),
  remove: adminProcedure.input(idInput).mutation(({ ctx, input }) => removeProduct(ctx, input)),
});
