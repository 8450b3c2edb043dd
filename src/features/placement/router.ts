import { router, staffProcedure } from '@/trpc/init';
import { previewPlacement } from './preview-placement';
import { previewInput } from './schema';

export const placementRouter = router({
  preview: staffProcedure
    .meta({ scope: 'catalogue:read' })
    .input(previewInput)
    .query(({ input }) => previewPlacement(input)),
});
