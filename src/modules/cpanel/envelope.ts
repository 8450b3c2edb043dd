import { z } from 'zod';
import { cleanReason } from './errors';

/** What an answer says, whatever form it has. `said: nothing` = neither yes nor no, which is never a yes. */
export type Envelope =
  | { said: 'yes'; data: unknown; warnings: string[]; records: number | null }
  /** `login`: in the form that WHM has for a login it does not take. */
  | { said: 'no'; reason: string; login?: true }
  | { said: 'nothing' };

const verdict = z.union([z.literal([0, 1, '0', '1', true, false])]).transform((value) => Number(value) === 1);
const reason = z.string().nullish().catch(undefined);
const lines = z
  .union([z.string().transform((line) => [line]), z.array(z.unknown())])
  .nullish()
  .catch(undefined)
  .transform((list) => (list ?? []).filter((line) => typeof line === 'string'));

const modern = z.looseObject({
  metadata: z.looseObject({
    result: verdict,
    reason,
    warnings: lines,
    errors: lines,
    output: z.looseObject({ warnings: lines, errors: lines }).nullish().catch(undefined),
    chunk: z.looseObject({ records: z.coerce.number() }).nullish().catch(undefined),
  }),
  data: z.unknown().optional(),
});
/** Of the older API: what a failed login is answered with, and by odd servers a version. */
const cpanelResult = z.looseObject({
  cpanelresult: z.looseObject({
    error: reason,
    data: z
      .union([z.looseObject({ reason, result: verdict.optional().catch(undefined) }), z.array(z.unknown())])
      .nullish(),
  }),
});
/** With `errors` it is the answer of cPanel's own API, which stands on other ports. */
const legacyState = z.looseObject({ status: verdict, statusmsg: reason, errors: lines });
const whyNot = ({ statusmsg, errors }: z.infer<typeof legacyState>) => no(statusmsg || errors.join(' '));
/** One list that holds one state: `result` of most functions, `passwd` of that one. */
const legacyList = z.union([
  z.looseObject({ result: z.tuple([legacyState], z.unknown()) }).transform(({ result }) => result[0]),
  z.looseObject({ passwd: z.tuple([legacyState], z.unknown()) }).transform(({ passwd }) => passwd[0]),
]);
const legacyError = z.looseObject({ error: z.string().min(1) });
const legacyBandwidth = z.looseObject({ bandwidth: z.tuple([z.looseObject({})], z.unknown()) });

const yes = (data: unknown, warnings: string[] = [], records: number | null = null): Envelope => ({
  said: 'yes',
  data,
  warnings: [...new Set(warnings.map(cleanReason))].filter(Boolean),
  records,
});
const no = (words: string | null | undefined) => ({ said: 'no' as const, reason: words ?? '' });

function readModern(json: unknown): Envelope | null {
  const parsed = modern.safeParse(json);
  if (!parsed.success) return null;
  const { metadata, data } = parsed.data;
  if (!metadata.result) return no(metadata.reason);
  const { warnings, errors, output, chunk } = metadata;
  const said = [...warnings, ...errors, ...(output?.warnings ?? []), ...(output?.errors ?? [])];
  return yes(data, said, Number.isFinite(chunk?.records) ? (chunk?.records ?? null) : null);
}

function readCpanelResult(json: unknown, changes: boolean): Envelope | null {
  const parsed = cpanelResult.safeParse(json);
  if (!parsed.success) return null;
  const { error, data } = parsed.data.cpanelresult;
  const facts = Array.isArray(data) ? undefined : data;
  if (error || facts?.result === false) return { ...no(error || facts?.reason), login: true };
  // It never says "done" of a change in this form.
  return changes ? { said: 'nothing' } : yes(data);
}

/** Answers of very old servers, and of those that overlook which API was asked for. */
function readLegacy(json: unknown): Envelope | null {
  const list = legacyList.safeParse(json);
  if (list.success) return list.data.status ? yes(list.data.options) : whyNot(list.data);
  const state = legacyState.safeParse(json);
  if (state.success) return state.data.status ? yes(json) : whyNot(state.data);
  const error = legacyError.safeParse(json);
  if (error.success) return no(error.data.error);
  const traffic = legacyBandwidth.safeParse(json);
  if (traffic.success) return yes(traffic.data.bandwidth[0]);
  return null;
}

/** Reads both of WHM's envelopes and its oldest answers. `changes`: the call was meant to change something. */
export function readEnvelope(json: unknown, changes: boolean): Envelope {
  const known = readModern(json) ?? readCpanelResult(json, changes) ?? readLegacy(json);
  if (known) return known;
  const bare = typeof json === 'object' && json !== null && !('metadata' in json) && !changes;
  // {"version":"11.28.64"}: the facts alone. Whether they are the right ones the schema of the call says.
  return bare ? yes(json) : { said: 'nothing' };
}
