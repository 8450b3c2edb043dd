import type { ModuleContext } from '@/modules/sdk/contract';
import { ModuleError } from '@/modules/sdk/errors';
import type { PanelAnswer, PanelHttp } from '@/modules/sdk/http';
import { answerScope, JUDGED_HERE, type Judging, judgeAnswer } from './answers';
import type { Definition } from './definition';
import type { CallDefinition, LookUpDefinition, RequestDefinition } from './definition-calls';
import { decide, holds, type Scope, take } from './expressions';
import { type Pending, pendingFrom } from './pending';
import { makeRequest } from './requests';
import type { GenericConfig } from './schemas';
import type { Scopes } from './scope';
import { cannotFill } from './templates';

/** Small facts that one call leaves for the next; they are stored while a panel is still building, so never secrets. */
export type Kept = Readonly<Record<string, string | number | boolean | null>>;

export interface Work {
  definition: Definition;
  config: GenericConfig;
  scopes: Scopes;
  ctx: ModuleContext;
  /** The answers hold links or passwords: they are not recorded. */
  secretAnswer?: boolean;
  /** Reading only: no call may count as a change, whatever its method. */
  reads?: boolean;
}

/** What the last answer and everything kept so far offer to expressions. */
export interface Outcome {
  scope: Scope;
  kept: Kept;
}

interface State extends Outcome {
  /** Something on the panel may be different now: from here on "nothing happened" cannot be said any more. */
  changed: boolean;
}

const LONGEST_KEPT = 1000;
const LOOKING: Omit<Judging['call'], 'title' | 'answer'> = {
  statuses: [200, 204],
  doneWhen: undefined,
  meanings: [],
  fine: ['not-found'],
};

/** Does the calls of an operation from `first` on, in order. Throws ModulePending when the panel only accepted one. */
export async function runCalls(
  work: Work,
  calls: readonly CallDefinition[],
  operation: string,
  begin: { first: number; outcome?: Outcome } = { first: 0 },
): Promise<Outcome> {
  let state: State = { scope: {}, kept: {}, ...begin.outcome, changed: begin.first > 0 };
  for (const [index, call] of calls.entries()) {
    if (index < begin.first) continue;
    if (call.when !== undefined && !holds(call.when, scopeOf(work, state))) continue;
    state = await runCall(work, call, { operation, index }, state);
  }
  return state;
}

export function scopeOf(work: Work, { scope, kept }: Outcome): Scope {
  return { ...work.scopes.expressions, kept, ...scope };
}

async function runCall(work: Work, call: CallDefinition, at: Omit<Pending, 'kept' | 'since'>, before: State) {
  const changes = !work.reads && (call.changes ?? call.request.method !== 'GET');
  try {
    const there = call.lookUp ? await lookFirst(work, call, call.lookUp, before) : null;
    if (there) return { ...before, ...there };
    const answer = await ask(work, call.request, before, { changes, index: at.index });
    const after: State = { ...before, scope: answerScope(answer), changed: before.changed || changes };
    const verdict = judgeAnswer({ call, meanings: work.definition.meanings }, answer, scopeOf(work, after));
    const kept = verdict === 'done' ? keep(work, call, after) : after.kept;
    const known = { ...after, kept };
    const { wait } = call;
    if (wait && verdict === 'done' && (!wait.wanted || holds(wait.wanted, scopeOf(work, known)))) {
      throw pendingFrom({ ...at, kept, since: Date.now() }, wait, call.title);
    }
    return known;
  } catch (error) {
    throw before.changed ? afterChange(error) : error;
  }
}

/** An earlier call of this operation changed something, so its failure is not the end of the story. */
function afterChange(error: unknown): unknown {
  if (!(error instanceof ModuleError) || error.outcome === 'unknown') return error;
  const { kind, words, retryAfterMs, field } = error;
  return new ModuleError({ kind, outcome: 'unknown', retryAfterMs, field, words: `${words} Earlier calls were done.` });
}

/** What a look tells when the call's work was done before; null = it is still to be done. */
async function lookFirst(work: Work, call: CallDefinition, lookUp: LookUpDefinition, state: State) {
  const answer = await ask(work, lookUp.request, state, { changes: false, index: 0 });
  const seen: Outcome = { ...state, scope: answerScope(answer) };
  const scope = scopeOf(work, seen);
  const judged = { ...LOOKING, title: `${call.title} (look)`, answer: lookUp.answer };
  const verdict = judgeAnswer({ call: judged, meanings: work.definition.meanings }, answer, scope);
  if (verdict === 'not-found' || !decide(lookUp.there, scope)) return null;
  if (lookUp.ours === undefined || holds(lookUp.ours, scope))
    return { scope: seen.scope, kept: keep(work, lookUp, seen) };
  throw new ModuleError({
    kind: 'conflict',
    words: `"${call.title}": what is there already belongs to somebody else. Nothing was changed.`,
  });
}

/** One request with the login of this server. */
export async function ask(
  work: Work,
  request: RequestDefinition,
  state: Outcome,
  { changes, index }: { changes: boolean; index: number },
): Promise<PanelAnswer> {
  const { definition, config, ctx, scopes } = work;
  const http: PanelHttp = ctx.http;
  const made = makeRequest(definition, request, config, { ...scopes.templates, ...pageOf(state), kept: state.kept });
  return http.request({
    ...made,
    headers: { ...made.headers, ...(changes ? idempotency(work, index) : {}) },
    changes,
    handBack: JUDGED_HERE,
    ...(work.secretAnswer && { secretAnswer: true }),
  });
}

/** The same wish has the same key; each further call of it one of its own. */
function idempotency({ definition, ctx }: Work, index: number): Record<string, string> {
  const { idempotencyHeader } = definition.connection;
  if (idempotencyHeader === undefined || ctx.idempotencyKey === null) return {};
  return { [idempotencyHeader.toLowerCase()]: ctx.idempotencyKey + (index === 0 ? '' : `:${index + 1}`) };
}

const pageOf = ({ scope }: Outcome) => ({ page: scope.page ?? 1, cursor: scope.cursor ?? '' });

/** What a call's answer leaves for later. What the answer does not have is not kept. */
export function keep(work: Work, call: Pick<CallDefinition, 'keep'>, state: Outcome): Kept {
  const found = call.keep.flatMap(({ name, value }): [string, Kept[string]][] => {
    const taken = take(value, scopeOf(work, state));
    if (taken === undefined) return [];
    const short = typeof taken === 'string' && taken.length <= LONGEST_KEPT;
    if (short || taken === null || typeof taken === 'number' || typeof taken === 'boolean') return [[name, taken]];
    throw cannotFill(`kept.${name}`, 'is no short text, number or truth value.');
  });
  return { ...state.kept, ...Object.fromEntries(found) };
}
