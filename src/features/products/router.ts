import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { createProduct } from './create-product';
import { exportProducts } from './export-products';
import { readPanelPackages } from './panel-packages';
import { getProduct, listProducts } from './queries';
import { removeProduct } from './remove-product';
import { createProductInput, exportProductsInput, packagesInput, productFilter, updateProductInput } from './schema';
import { updateProduct } from './update-product';

export const productsRouter = router({
  list: staffProcedure
    .meta({ scope: 'catalogue:read' })
    .input(productFilter.prefault({}))
    .query(({ input }) => listProducts(input)),
  get: staffProcedure
    .meta({ scope: 'catalogue:read' })
    .input(idInput)
    .query(({ input }) => getProduct(input.id)),
  export: staffProcedure
    .meta({ scope: 'catalogue:read' })
    .input(exportProductsInput.prefault({}))
    .query(({ input }) => exportProducts(input)),
  packages: adminProcedure.input(packagesInput).query(({ ctx, input }) => readPanelPackages(ctx, input)),
  create: adminProcedure
    .meta({ scope: 'catalogue:write' })
    .input(createProductInput)
    .mutation(({ ctx, input }) => createProduct(ctx, input)),
  update: adminProcedure
    .meta({ scope: 'catalogue:write' })
    .input(updateProductInput)
    .mutation(({ ctx, input }) => updateProduct(ctx, input)),
  remove: adminProcedure
    .meta({ scope: 'catalogue:write' })
    .input(idInput)
    .mutation(({ ctx, input }) => removeProduct(ctx, input)),
});
