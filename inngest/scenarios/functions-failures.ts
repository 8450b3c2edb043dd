import { type FailureEventArgs, type Inngest, NonRetriableError, RetryAfterError } from 'inngest';
import type { Notes } from './notes';
import { on } from './on';

/** Scenarios of runs that fail for good. */
export function failureScenarios(c: Inngest, notes: Notes) {
  const { note } = notes;
  const failed = async ({ event }: FailureEventArgs) => note(event.data.event.data.key, 'onFailure');
  return [
    c.createFunction({ id: 'hopeless', triggers: on('hopeless'), onFailure: failed }, async ({ event, step }) =>
      step.run('no', () => {
        note(event.data.key, 'try');
        throw new NonRetriableError('never');
      }),
    ),
    c.createFunction(
      { id: 'used-up', retries: 1, triggers: on('used-up'), onFailure: failed },
      async ({ event, step, attempt }) =>
        step.run('no', () => {
          note(event.data.key, `attempt ${attempt}`);
          throw new RetryAfterError('again and again', '1s');
        }),
    ),
    c.createFunction(
      { id: 'too-large', retries: 0, triggers: on('too-large'), onFailure: failed },
      async ({ step }) => void (await step.run('huge', () => 'x'.repeat(5 * 1024 * 1024))),
    ),
  ];
}
