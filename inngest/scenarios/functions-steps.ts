import { type Inngest, NonRetriableError, RetryAfterError, StepError } from 'inngest';
import type { Notes } from './notes';
import { on } from './on';

/** Scenarios of steps that work, and of failures. */
export function stepScenarios(c: Inngest, notes: Notes) {
  const { note, seen } = notes;
  return [
    c.createFunction({ id: 'steps', triggers: on('steps') }, async ({ event, step }) => {
      const { key } = event.data;
      const a = await step.run('a', () => note(key, 'a', { n: 20 }));
      const b = await step.run('b', () => note(key, 'b', a.n + 1));
      note(key, `end ${a.n + b}`);
    }),
    c.createFunction({ id: 'loop', triggers: on('loop') }, async ({ event, step }) => {
      const results: number[] = [];
      for (const n of [1, 2, 3]) results.push(await step.run('same id', () => note(event.data.key, `turn ${n}`, n)));
      note(event.data.key, `end ${results.join()}`);
    }),
    c.createFunction({ id: 'results', triggers: on('results') }, async ({ event, step }) => {
      const kept = await step.run('kept', () => ({
        date: new Date(0),
        left: undefined,
        list: [1, 'ü🎉'],
        nothing: null,
      }));
      const empty = await step.run('empty', () => undefined);
      note(event.data.key, `end ${JSON.stringify(kept)} ${JSON.stringify(empty ?? null)}`);
    }),
    c.createFunction({ id: 'flaky', retries: 4, triggers: on('flaky') }, async ({ event, step, attempt }) => {
      const { key } = event.data;
      await step.run('fine', () => note(key, 'fine'));
      await step.run('shaky', () => {
        const before = seen(key, 'try');
        note(key, `try`);
        note(key, `attempt ${attempt}`);
        if (before < 2) throw new RetryAfterError('not yet', '1s');
      });
      note(key, 'end');
    }),
    c.createFunction({ id: 'body', retries: 3, triggers: on('body') }, async ({ event, attempt }) => {
      note(event.data.key, `attempt ${attempt}`);
      if (attempt < 1) throw new RetryAfterError('the body, not a step', '1s');
      note(event.data.key, 'end');
    }),
    c.createFunction({ id: 'caught', triggers: on('caught') }, async ({ event, step }) => {
      const { key } = event.data;
      try {
        await step.run('doomed', () => {
          throw new NonRetriableError('no');
        });
      } catch (error) {
        const text = error instanceof StepError ? `caught ${error.message}` : 'something else';
        await step.run('mend', () => note(key, text));
      }
      note(key, 'end');
    }),
  ];
}
