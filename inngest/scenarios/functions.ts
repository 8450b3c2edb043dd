import { setTimeout as wait } from 'node:timers/promises';
import { type FailureEventArgs, type Inngest, NonRetriableError, RetryAfterError, StepError } from 'inngest';
import { cancelledScenarios } from './functions-cancelled';
import type { Notes } from './notes';

/**
 * The functions of the scenario suite. Each does one thing that our own functions rely on and notes what happened; what
 * it must note on every executor stands in expectations.ts.
 */
export function scenarioFunctions(c: Inngest, notes: Notes) {
  const { note, seen } = notes;
  /** What ran is told apart by the key of its event: one suite never sees another's notes. */
  const on = <const Name extends string>(name: Name): [{ event: `scenario/${Name}` }] => [
    { event: `scenario/${name}` },
  ];
  const failed = async ({ event }: FailureEventArgs) => note(event.data.event.data.key, 'onFailure');
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
    c.createFunction({ id: 'sleep', triggers: on('sleep') }, async ({ event, step }) => {
      await step.run('before', () => note(event.data.key, 'before'));
      await step.sleep('nap', '2s');
      await step.run('after', () => note(event.data.key, 'after'));
    }),
    c.createFunction({ id: 'sleep-until', triggers: on('sleep-until') }, async ({ event, step }) => {
      const { key } = event.data;
      const at = await step.run('before', () => note(key, 'before', new Date(Date.now() + 2000).toISOString()));
      await step.sleepUntil('nap', at);
      await step.run('after', () => note(key, 'after'));
    }),
    c.createFunction({ id: 'later', triggers: on('later') }, async ({ event }) => void note(event.data.key, 'end')),
    c.createFunction({ id: 'parallel', triggers: on('parallel') }, async ({ event, step }) => {
      const { key } = event.data;
      const all = [1, 2, 3].map((n) => step.run(`p${n}`, () => note(key, `p${n}`, n)));
      const parts = await Promise.all([...all, step.sleep('nap', '1s').then(() => 10)]);
      await step.run('sum', () => note(key, `sum ${parts.reduce((a, b) => a + b, 0)}`));
    }),
    c.createFunction({ id: 'chains', triggers: on('chains') }, async ({ event, step }) => {
      const say = (text: string) => step.run(text, () => note(event.data.key, text));
      await Promise.all([say('a1').then(() => say('a2')), say('b1').then(() => say('b2'))]);
      await say('joined');
    }),
    c.createFunction({ id: 'fan-out', triggers: on('fan-out') }, async ({ event, step }) => {
      const { key } = event.data;
      await step.sendEvent(
        'out',
        [1, 2, 3].map((n) => ({ name: 'scenario/child', id: `${key}-child-${n}`, data: { key, n } })),
      );
      note(key, 'end');
    }),
    c.createFunction(
      { id: 'child', triggers: [{ event: 'scenario/child', if: 'event.data.n != 2' }] },
      async ({ event }) => void note(event.data.key, `child ${event.data.n}`),
    ),
    c.createFunction({ id: 'twice', triggers: on('twice') }, async ({ event }) => void note(event.data.key, 'began')),
    c.createFunction(
      { id: 'idempotent', idempotency: 'event.data.key + "-" + event.data.k', triggers: on('idempotent') },
      async ({ event }) => void note(event.data.key, event.data.k),
    ),
    c.createFunction(
      {
        id: 'one-per-key',
        concurrency: [{ key: 'event.data.k', limit: 1 }, { limit: 2 }],
        triggers: on('one-per-key'),
      },
      async ({ event, step }) => {
        const { key, k } = event.data;
        await step.run('work', async () => {
          notes.enter(key, k);
          await wait(100);
          notes.leave(key, k);
          note(key, `done ${k}`);
        });
      },
    ),
    c.createFunction(
      { id: 'two-triggers', triggers: [{ event: 'scenario/left' }, { event: 'scenario/right' }] },
      async ({ event }) => void note(event.data.key, event.name),
    ),
    c.createFunction({ id: 'cron', triggers: [{ cron: 'TZ=Europe/Istanbul * * * * *' }] }, async ({ event, step }) => {
      await step.run('tick', () => note('cron', event.name));
    }),
    ...cancelledScenarios(c, notes),
  ];
}
