import type { DuplicatesPolicy } from '@/modules/sdk/contract';
import { type ErrorKind, type FailureOutcome, ModuleError } from '@/modules/sdk/errors';

/** A panel call that did not end with "done". */
export interface CallFailure {
  kind: ErrorKind;
  outcome: FailureOutcome;
  retryAfterMs?: number | undefined;
  /** What the panel refused, where it said so. */
  field?: string | undefined;
}

/**
 * What a look for our account on the panel showed. `unfinished` = it is ours and parts of it are missing; `cannot` = the
 * module is not able to look.
 */
export type LookUp = 'ours' | 'unfinished' | 'nothing' | 'other' | 'failed' | 'cannot';

export interface CreateSituation {
  failure: CallFailure;
  /** Absent while nobody looked. */
  lookUp?: LookUp;
  /** Calls of this operation that reached the panel, this one included. */
  attempts: number;
  /** Nothing can exist on this server because of this service. */
  clean: boolean;
  /** Absent while nobody tested the connection with the server's stored settings. */
  serverTest?: 'passed' | 'failed';
  /** Another user name could be tried. */
  hasOtherName: boolean;
  duplicates: DuplicatesPolicy;
  /** The time after which "not there" is believed is over. */
  settled: boolean;
}

export type NextStep =
  | { do: 'look-up' }
  | { do: 'adopt' }
  | { do: 'retry'; afterSeconds: number }
  | { do: 'look-again' }
  | { do: 'wait'; afterSeconds: number }
  | { do: 'full-for-product' }
  | { do: 'next-name' }
  | { do: 'hold-server' }
  | { do: 'test-server' }
  | { do: 'fail'; code: 'panel-refused' | 'gave-up' }
  | { do: 'ask-a-person'; code: 'not-ours' | 'cannot-tell' };

export const MAX_ATTEMPTS = 5;
const MAX_RATE_LIMIT_WAIT_S = 15 * 60;
const DEFAULT_RATE_LIMIT_WAIT_S = 30;

/** What comes after a create that did not say "done". Pure: the whole policy of outcome x kind stands here. */
export function decideAfterCreate(situation: CreateSituation, retryDelays: readonly number[]): NextStep {
  const { failure } = situation;
  if (failure.outcome === 'unknown') return afterUnknown(situation, retryDelays);
  if (failure.outcome === 'refused') return afterRefusal(situation);
  switch (failure.kind) {
    case 'rate-limited':
      return { do: 'wait', afterSeconds: rateLimitWait(failure.retryAfterMs) };
    case 'auth':
    case 'policy':
      return { do: 'hold-server' };
    case 'unreachable':
    case 'timeout':
    case 'busy':
      return blameServer(situation) ?? retryOrGiveUp(situation, retryDelays);
    default:
      return retryOrGiveUp(situation, retryDelays);
  }
}

/**
 * May the next call carry a new idempotency key? Only once it is certain what became of every call with the old one: a call
 * that did nothing says nothing of an earlier one whose answer was lost, and "there is one already" may mean that one.
 */
export function mayTakeNewKey({ kind, outcome }: Pick<CallFailure, 'kind' | 'outcome'>, clean: boolean): boolean {
  if (outcome === 'unknown') return false;
  return clean || (outcome === 'refused' && kind !== 'conflict');
}

/** A look that did not get through, before anything was sent: nothing happened, so it is the trouble itself. */
export function asNotDone({ kind, words, retryAfterMs }: ModuleError): ModuleError {
  return new ModuleError({ kind, outcome: 'not-done', words, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

function afterUnknown(situation: CreateSituation, retryDelays: readonly number[]): NextStep {
  switch (situation.lookUp) {
    case undefined:
      return { do: 'look-up' };
    case 'ours':
      return { do: 'adopt' };
    case 'other':
      return { do: 'ask-a-person', code: 'not-ours' };
    case 'unfinished':
      // Sending it again makes what is missing; whatever went wrong, something of ours is there.
      return retryOrAsk(situation, retryDelays);
    case 'failed':
      return blameServer(situation) ?? retryOrAsk(situation, retryDelays);
    case 'nothing':
      if (mayRepeatUnknown(situation)) return retryOrGiveUp(situation, retryDelays);
      return situation.duplicates === 'none' && situation.settled
        ? { do: 'ask-a-person', code: 'cannot-tell' }
        : { do: 'look-again' };
    case 'cannot':
      // Without eyes only the panel itself, or a key it honours, can keep a repeat from making a twin.
      return mayRepeatBlindly(situation.duplicates)
        ? retryOrGiveUp(situation, retryDelays)
        : { do: 'ask-a-person', code: 'cannot-tell' };
  }
}

/** Does the panel itself keep a repeat from making a twin? */
export function mayRepeatBlindly(duplicates: DuplicatesPolicy): boolean {
  return duplicates === 'panel-refuses' || duplicates === 'idempotency-key';
}

/** May a create be sent again although an earlier one ended unknown and a look found nothing? */
export function mayRepeatUnknown(situation: Pick<CreateSituation, 'duplicates' | 'settled'>): boolean {
  return mayRepeatBlindly(situation.duplicates) || (situation.duplicates === 'look-up-only' && situation.settled);
}

function afterRefusal(situation: CreateSituation): NextStep {
  switch (situation.failure.kind) {
    case 'capacity':
      return situation.clean ? { do: 'full-for-product' } : { do: 'ask-a-person', code: 'cannot-tell' };
    case 'conflict':
      return afterConflict(situation);
    case 'auth':
    case 'policy':
      // The login is known and lacks one right: holding the server would stop what it may do, and probes would pass.
      return blameServer(situation) ?? { do: 'fail', code: 'panel-refused' };
    default:
      return { do: 'fail', code: 'panel-refused' };
  }
}

function afterConflict(situation: CreateSituation): NextStep {
  switch (situation.lookUp) {
    case undefined:
      return { do: 'look-up' };
    case 'ours':
      return { do: 'adopt' };
    case 'unfinished':
      return { do: 'ask-a-person', code: 'cannot-tell' };
    case 'failed':
      return blameServer(situation) ?? { do: 'ask-a-person', code: 'cannot-tell' };
    default:
      // Another user name does not free a domain.
      if (situation.hasOtherName && situation.clean && situation.failure.field !== 'domain') return { do: 'next-name' };
      return { do: 'ask-a-person', code: situation.lookUp === 'cannot' ? 'cannot-tell' : 'not-ours' };
  }
}

/** Is it the server? A connection test answers; null = the server is well, so the trouble is this operation's own. */
function blameServer(situation: CreateSituation): NextStep | null {
  if (situation.serverTest === undefined) return { do: 'test-server' };
  return situation.serverTest === 'failed' ? { do: 'hold-server' } : null;
}

/** Like retryOrGiveUp, where nobody may say "failed" because an account may exist. */
function retryOrAsk(situation: CreateSituation, retryDelays: readonly number[]): NextStep {
  const next = retryOrGiveUp(situation, retryDelays);
  return next.do === 'fail' ? { do: 'ask-a-person', code: 'cannot-tell' } : next;
}

function retryOrGiveUp(situation: CreateSituation, retryDelays: readonly number[]): NextStep {
  const delay = retryDelays[Math.max(1, Math.min(situation.attempts, retryDelays.length)) - 1];
  if (situation.attempts >= MAX_ATTEMPTS || delay === undefined) return { do: 'fail', code: 'gave-up' };
  return { do: 'retry', afterSeconds: delay };
}

/** Seconds to wait after "slow down": as told, at most 15 minutes; 30 where nothing usable was said. */
export function rateLimitWait(retryAfterMs: number | undefined): number {
  if (retryAfterMs === undefined || !Number.isFinite(retryAfterMs) || retryAfterMs < 0)
    return DEFAULT_RATE_LIMIT_WAIT_S;
  return Math.min(Math.max(Math.ceil(retryAfterMs / 1000), 1), MAX_RATE_LIMIT_WAIT_S);
}

/** Seconds until the next look after a lost answer: 5, 15, 30, then every 60. */
export function nextLookInSeconds(secondsSinceAnswerWasLost: number): number {
  const looks = [5, 15, 30, 60];
  const next = looks.find((at) => at > secondsSinceAnswerWasLost + 1);
  return next === undefined ? 60 : Math.max(1, Math.ceil(next - secondsSinceAnswerWasLost));
}
