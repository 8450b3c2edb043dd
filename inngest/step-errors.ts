import { RetryAfterError } from 'inngest';
import type { StepEnd } from '@/features/operations/claim-operation';

/** What a step's result says to its function. Ids and words of ours only: executors keep it in clear. */
export interface StepResult {
  goOn: boolean;
  why: string | null;
}

/** The only place where "again after some seconds" becomes the executor's retry. */
export function toStepResult(end: StepEnd): StepResult {
  switch (end.next) {
    case 'go-on':
      return { goOn: true, why: null };
    case 'stop':
      return { goOn: false, why: end.why };
    case 'again':
      throw new RetryAfterError(`Next try in ${end.afterSeconds} s.`, end.afterSeconds * 1000);
  }
}
