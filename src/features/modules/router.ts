import { adminProcedure, router, staffProcedure } from '@/trpc/init';
import { idInput } from '../lists/schema';
import { createDefinition } from './create-definition';
import {
  checkUnsavedDefinition,
  definitionForm,
  getDefinition,
  listDefinitionVersions,
  listReady,
} from './definition-queries';
import { previewRequests } from './preview-requests';
import { getModuleDetail, listModuleItems } from './queries';
import { removeDefinition } from './remove-definition';
import {
  checkDefinitionInput,
  createDefinitionInput,
  definitionInput,
  languageInput,
  moduleFilter,
  moduleInput,
  previewDefinitionInput,
  tryDefinitionInput,
  updateDefinitionInput,
  updateModuleInput,
} from './schema';
import { tryOnServer } from './try-on-server';
import { updateDefinition } from './update-definition';
import { updateModule } from './update-module';

export const modulesRouter = router({
  list: staffProcedure
    .meta({ scope: 'catalogue:read' })
    .input(moduleFilter.prefault({}))
    .query(({ input }) => listModuleItems(input)),
  get: staffProcedure
    .meta({ scope: 'catalogue:read' })
    .input(moduleInput)
    .query(({ input }) => getModuleDetail(input)),
  update: adminProcedure.input(updateModuleInput).mutation(({ ctx, input }) => updateModule(ctx, input)),
  definition: staffProcedure.input(definitionInput).query(({ input }) => getDefinition(input)),
  definitionVersions: staffProcedure.input(idInput).query(({ input }) => listDefinitionVersions(input.id)),
  definitionForm: staffProcedure.input(languageInput).query(({ input }) => definitionForm(input)),
  readyDefinitions: staffProcedure.input(languageInput).query(({ input }) => listReady(input)),
  checkDefinition: adminProcedure.input(checkDefinitionInput).query(({ input }) => checkUnsavedDefinition(input)),
  /** Changes nothing; a mutation because a definition does not fit into an address. */
  previewDefinition: adminProcedure.input(previewDefinitionInput).mutation(({ input }) => previewRequests(input)),
  tryDefinition: adminProcedure
    .meta({ stepUp: true })
    .input(tryDefinitionInput)
    .mutation(({ ctx, input }) => tryOnServer(ctx, input)),
  createDefinition: adminProcedure
    .input(createDefinitionInput)
    .mutation(({ ctx, input }) => createDefinition(ctx, input)),
  updateDefinition: adminProcedure
    .input(updateDefinitionInput)
    .mutation(({ ctx, input }) => updateDefinition(ctx, input)),
  removeDefinition: adminProcedure.input(idInput).mutation(({ ctx, input }) => removeDefinition(ctx, input)),
});
