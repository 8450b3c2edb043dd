import { z } from 'zod';
import { handleRunFailure } from '@/features/operations/handle-provisioning-error';

const failed = z.object({
  data: z.object({ event: z.object({ data: z.object({ operationId: z.string(), dispatch: z.number() }) }) }),
});

/** `onFailure` of every function that works on an operation: the executor's retries are used up, ours are not. */
export async function giveUpRun({ event, error }: { event: unknown; error: Error }): Promise<void> {
  const { operationId, dispatch } = failed.parse(event).data.event.data;
  await handleRunFailure({ operationId, dispatch }, error.message);
}
