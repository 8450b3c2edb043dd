import { previewDefinition } from '@/modules/registry';
import type { PreviewDefinitionInput } from './schema';

/** The requests of one operation as they would be sent for a sample, secrets masked. Nothing is sent. */
export async function previewRequests({ definition, operation }: PreviewDefinitionInput) {
  return { requests: await previewDefinition(definition, operation) };
}
