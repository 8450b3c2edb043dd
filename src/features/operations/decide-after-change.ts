import type { CallFailure, NextStep } from './decide-next';
import { MAX_ATTEMPTS, rateLimitWait } from './decide-next';

/** What a look at the account after a lost answer showed. `cannot-tell`: the account is there, but does not show this. */
export type ChangeSeen = 'changed' | 'not-yet' | 'cannot-tell' | 'gone' | 'other' | 'failed';

export interface ChangeSituation {
  failure: CallFailure;
  /** Absent while nobody looked. */
  seen?: ChangeSeen;
  serverTest?: 'passed' | 'failed';
  attempts: number;
  /** Doing it twice is the same as doing it once (all but some custom actions). */
  repeatable: boolean;
  /** What was asked for is that the account is gone. */
  removes: boolean;
}

export type ChangeStep =
  | Exclude<NextStep, { do: 'adopt' | 'look-again' | 'full-for-product' | 'next-name' | 'fail' | 'ask-a-person' }>
  | { do: 'done' }
  | { do: 'fail'; code: 'panel-refused' | 'gave-up' | 'account-gone' }
  | { do: 'ask-a-person'; code: 'not-ours' | 'cannot-tell' };

/** What comes after a change of an existing account that did not say "done". */
export function decideAfterChange(situation: ChangeSituation, retryDelays: readonly number[]): ChangeStep {
  const { failure } = situation;
  if (failure.outcome === 'unknown') return afterUnknown(situation, retryDelays);
  if (failure.kind === 'rate-limited') return { do: 'wait', afterSeconds: rateLimitWait(failure.retryAfterMs) };
  if (failure.outcome === 'refused') return afterRefusal(situation);
  if (failure.kind === 'auth' || failure.kind === 'policy') return { do: 'hold-server' };
  if (failure.kind === 'unreachable' || failure.kind === 'timeout' || failure.kind === 'busy')
    return blameServer(situation) ?? retryOrGiveUp(situation, retryDelays);
  return retryOrGiveUp(situation, retryDelays);
}

function afterUnknown(situation: ChangeSituation, retryDelays: readonly number[]): ChangeStep {
  switch (situation.seen) {
    case undefined:
      return { do: 'look-up' };
    case 'changed':
      return { do: 'done' };
    case 'other':
      return { do: 'ask-a-person', code: 'not-ours' };
    case 'gone':
      return situation.removes ? { do: 'done' } : { do: 'fail', code: 'account-gone' };
    case 'failed':
      return blameServer(situation) ?? retryOrGiveUp(situation, retryDelays);
    case 'not-yet':
      return retryOrGiveUp(situation, retryDelays);
    case 'cannot-tell':
      return situation.repeatable ? retryOrGiveUp(situation, retryDelays) : { do: 'ask-a-person', code: 'cannot-tell' };
  }
}

function afterRefusal(situation: ChangeSituation): ChangeStep {
  const { failure, seen, removes } = situation;
  // The login is known and lacks one right: holding the server would stop what it may do, and probes would pass.
  if (failure.kind === 'auth' || failure.kind === 'policy')
    return blameServer(situation) ?? { do: 'fail', code: 'panel-refused' };
  if (failure.kind !== 'not-found') return { do: 'fail', code: 'panel-refused' };
  if (seen === undefined) return { do: 'look-up' };
  if (seen !== 'gone') return { do: 'ask-a-person', code: 'cannot-tell' };
  return removes ? { do: 'done' } : { do: 'fail', code: 'account-gone' };
}

function blameServer(situation: ChangeSituation): ChangeStep | null {
  if (situation.serverTest === undefined) return { do: 'test-server' };
  return situation.serverTest === 'failed' ? { do: 'hold-server' } : null;
}

function retryOrGiveUp(situation: ChangeSituation, retryDelays: readonly number[]): ChangeStep {
  const delay = retryDelays[Math.max(1, Math.min(situation.attempts, retryDelays.length)) - 1];
  if (situation.attempts >= MAX_ATTEMPTS || delay === undefined) return { do: 'fail', code: 'gave-up' };
  return { do: 'retry', afterSeconds: delay };
}
