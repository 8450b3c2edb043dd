import type { Inngest } from 'inngest';
import type { Notes } from './notes';
import { on } from './on';

/** Scenarios of sleeping and of parallel steps. */
export function waitScenarios(c: Inngest, notes: Notes) {
  const { note } = notes;
  return [
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
  ];
}
