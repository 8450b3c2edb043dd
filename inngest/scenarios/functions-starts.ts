import { setTimeout as wait } from 'node:timers/promises';
import type { Inngest } from 'inngest';
import type { Notes } from './notes';
import { on } from './on';

/** Scenarios of what starts a run, and how often. */
export function startScenarios(c: Inngest, notes: Notes) {
  const { note } = notes;
  return [
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
  ];
}
