import { z } from 'zod';

/**
 * Why an operation waits, failed or needs a look. Stored on the row as `{ code, ... }`; the words that people read are
 * made from it in their own language (messages `reasons.<code>`): what happened, what it means, what to do.
 */
const server = z.object({ id: z.string(), name: z.string() });
/** The panel's own words, redacted; shown folded under "Details". */
const words = z.string();
/** What ends a hold: a good probe, or only staff; a hold of before this was written down: a probe. */
export const endedBy = z.enum(['probe', 'staff']).optional();
/** A server that could not take the order; before this was written down without its figures. */
const passedOver = z.object({
  serverId: z.string(),
  server: z.string(),
  why: z.string(),
  used: z.number().optional(),
  limit: z.number().nullish(),
});
/** How many servers of all were refused for which reason; `more`: at least so many. */
const tally = { counts: z.record(z.string(), z.number()).optional(), more: z.boolean().optional() };

export const operationReason = z.discriminatedUnion('code', [
  // WAITING: goes on by itself
  z.object({
    code: z.literal('no-room'),
    group: z.string().nullable(),
    others: z.array(passedOver),
    total: z.number(),
    ...tally,
  }),
  z.object({ code: z.literal('server-trouble'), server, kind: z.string(), words }),
  z.object({ code: z.literal('server-held'), server, words, endedBy }),
  z.object({ code: z.literal('server-not-ready'), server, state: z.string() }),
  z.object({ code: z.literal('rate-limited'), server, words }),
  z.object({ code: z.literal('looking-again'), server, kind: z.string(), words }),
  z.object({ code: z.literal('trying-again'), server, kind: z.string(), words, attempt: z.number() }),
  z.object({ code: z.literal('call-under-way'), server }),
  z.object({ code: z.literal('waiting-for-slot'), server, limit: z.number() }),
  z.object({ code: z.literal('after-stop'), times: z.number() }),
  z.object({ code: z.literal('still-building'), server, note: z.string().nullable(), percent: z.number().nullable() }),
  z.object({ code: z.literal('unexpected'), words }),
  // FAILED: a person changes something, then Retry
  z.object({ code: z.literal('panel-refused'), server, kind: z.string(), words, field: z.string().nullable() }),
  z.object({ code: z.literal('gave-up'), server, kind: z.string(), words, attempts: z.number() }),
  z.object({ code: z.literal('account-gone'), server, words }),
  z.object({ code: z.literal('waited-too-long'), hours: z.number(), last: z.string().nullable() }),
  z.object({ code: z.literal('product-unusable'), field: z.string().nullable(), words }),
  // UNKNOWN: a person looks
  z.object({ code: z.literal('not-ours'), server, found: z.string() }),
  z.object({ code: z.literal('cannot-tell'), server, kind: z.string(), words }),
  z.object({ code: z.literal('program-stopped'), times: z.number(), words }),
  // CANCELLED
  z.object({ code: z.literal('cancelled'), by: z.string() }),
]);

export type OperationReason = z.infer<typeof operationReason>;
export type ReasonCode = OperationReason['code'];
export const REASON_CODES: ReasonCode[] = operationReason.options.map((option) => option.shape.code.value);

/** A stored reason that this version does not know must not break a page. */
export function readReason(stored: unknown): OperationReason | null {
  if (stored === null || stored === undefined) return null;
  const parsed = operationReason.safeParse(stored);
  return parsed.success ? parsed.data : { code: 'unexpected', words: JSON.stringify(stored).slice(0, 500) };
}
