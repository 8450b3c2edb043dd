import { z } from 'zod';
import { ModuleError, ModulePending } from '@/modules/sdk/errors';
import type { WaitDefinition } from './definition-calls';
import { cannotFill } from './templates';

/** The core stores no more. */
const LONGEST_REF = 2000;

const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Where an operation stopped because the panel only accepted a call. Stored by the core until `resume`. */
const pendingSchema = z.strictObject({
  operation: z.string(),
  index: z.int().min(0),
  kept: z.record(z.string(), plain),
  /** Milliseconds since 1970 when the panel accepted it. */
  since: z.number(),
});
export type Pending = z.infer<typeof pendingSchema>;

export function pendingFrom(
  pending: Pending,
  { everySeconds }: Pick<WaitDefinition, 'everySeconds'>,
  note: string,
  percent?: number,
): ModulePending {
  const ref = JSON.stringify(pending);
  if (ref.length > LONGEST_REF) throw cannotFill('what is kept', 'is too long to wait with.');
  return new ModulePending(ref, everySeconds * 1000, note, percent);
}

export function readPending(ref: string): Pending {
  try {
    return pendingSchema.parse(JSON.parse(ref));
  } catch {
    throw new ModuleError({
      kind: 'unsupported',
      outcome: 'unknown',
      words: 'What was stored to go on with cannot be read, so nobody knows how the work ended. Look at the panel.',
    });
  }
}
