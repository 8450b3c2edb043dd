import { ModuleError } from '@/modules/sdk/errors';
import { answerScope, type Judging, judgeAnswer } from './answers';
import type { CallDefinition, RequestDefinition, WaitDefinition } from './definition-calls';
import { holds, take } from './expressions';
import { type Pending, pendingFrom, readPending } from './pending';
import { ask, keep, type Outcome, runCalls, scopeOf, type Work } from './run-calls';

/** Asks how accepted work stands, and does the calls after it once it is done. Throws ModulePending while it is not. */
export async function resumeCalls(work: Work, calls: readonly CallDefinition[], ref: string): Promise<Outcome> {
  const pending = readPending(ref);
  const call = calls[pending.index];
  if (!call?.wait) throw unknownEnd('The definition no longer knows this work.');
  const outcome = await poll(work, call, call.wait, pending);
  const kept = keep(work, call, outcome);
  return runCalls(work, calls, pending.operation, { first: pending.index + 1, outcome: { ...outcome, kept } });
}

const ASKING: Omit<Judging['call'], 'title'> = {
  answer: 'json',
  statuses: [200, 202],
  doneWhen: undefined,
  meanings: [],
  fine: [],
};

async function poll(work: Work, call: CallDefinition, wait: WaitDefinition, pending: Pending): Promise<Outcome> {
  const before: Outcome = { scope: {}, kept: pending.kept };
  const request: RequestDefinition = {
    method: 'GET',
    path: wait.path,
    query: wait.query,
    headers: [],
    body: { kind: 'none' },
  };
  const answer = await ask(work, request, before, { changes: false, index: 0 });
  const after: Outcome = { ...before, scope: answerScope(answer) };
  const scope = scopeOf(work, after);
  if (wait.gone !== undefined && holds(wait.gone, scope)) throw unknownEnd('The panel no longer knows this work.');
  if (holds(wait.failed, scope)) {
    throw new ModuleError({
      kind: 'invalid-input',
      words: `"${call.title}": the panel accepted it and then failed.${said(wait, scope)}`,
    });
  }
  if (holds(wait.done, scope)) return after;
  const { meanings } = work.definition;
  judgeAnswer({ call: { ...ASKING, title: `${call.title} (is it done)` }, meanings }, answer, scope);
  if (Date.now() - pending.since > wait.forSeconds * 1000) {
    throw unknownEnd(`It is still not done after ${wait.forSeconds} s.`);
  }
  const percent = take(wait.percent, scope);
  const note = said(wait, scope).trim() || call.title;
  throw pendingFrom(pending, wait, note, typeof percent === 'number' ? percent : undefined);
}

function said({ note }: WaitDefinition, scope: Record<string, unknown>): string {
  const words = take(note, scope);
  return typeof words === 'string' && words ? ` ${words.slice(0, 300)}` : '';
}

/** The core stops asking and looks for the account instead. */
function unknownEnd(words: string): ModuleError {
  return new ModuleError({
    kind: 'not-found',
    outcome: 'unknown',
    words: `${words} The work may or may not have been done.`,
  });
}
