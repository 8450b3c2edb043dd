import { setTimeout as wait } from 'node:timers/promises';
import type { FailureEventArgs, Inngest } from 'inngest';
import type { Notes } from './notes';
import { on } from './on';

/**
 * A run that something is to happen to goes on for so long after the executor has taken the event: a sender that finds
 * it dead comes again, and that may be later than any one nap.
 */
const NAP = '2s';

/** Scenarios of one run at a time. */
export function singletonScenarios(c: Inngest, notes: Notes) {
  const { note } = notes;
  return [
    c.createFunction(
      { id: 'singleton-skip', singleton: { key: 'event.data.key', mode: 'skip' }, triggers: on('singleton-skip') },
      async ({ event, step }) => {
        await step.run('began', () => note(event.data.key, 'began'));
        for (let sent = false; !sent; await step.sleep('long enough', NAP))
          sent = await step.run('all sent', () => notes.isAllSent(event.data.key));
        await step.run('end', () => note(event.data.key, 'end'));
      },
    ),
    c.createFunction(
      {
        id: 'singleton-cancel',
        singleton: { key: 'event.data.key', mode: 'cancel' },
        triggers: on('singleton-cancel'),
      },
      async ({ event, step }) => {
        const { key, n } = event.data;
        await step.run('began', () => note(key, `began ${n}`));
        for (let sent = false; !sent; await step.sleep('long enough', NAP))
          sent = await step.run('all sent', () => notes.isAllSent(key));
        await step.run('end', () => note(key, `end ${n}`));
      },
    ),
  ];
}

/** Scenarios in which an event ends a run. */
export function calledOffScenarios(c: Inngest, notes: Notes) {
  const { note } = notes;
  const failed = async ({ event }: FailureEventArgs) => note(event.data.event.data.key, 'onFailure');
  return [
    c.createFunction(
      {
        id: 'called-off',
        triggers: on('called-off'),
        cancelOn: [
          { event: 'scenario/call-off', if: 'event.data.key == async.data.key && event.data.n == async.data.n' },
        ],
        onFailure: failed,
      },
      async ({ event, step }) => {
        const { key, n } = event.data;
        await step.run('began', () => note(key, `began ${n}`));
        for (let sent = false; !sent; await step.sleep('nap', NAP))
          sent = await step.run('all sent', () => notes.isAllSent(key));
        await step.run('end', () => note(key, `end ${n}`));
      },
    ),
    // The step is not interrupted, but nothing comes after it.
    c.createFunction(
      {
        id: 'called-off-busy',
        triggers: on('called-off-busy'),
        cancelOn: [{ event: 'scenario/call-off-busy', match: 'data.key' }],
        onFailure: failed,
      },
      async ({ event, step }) => {
        const { key } = event.data;
        await step.run('busy', async () => {
          note(key, 'busy');
          await wait(2500);
        });
        await step.run('end', () => note(key, 'end'));
      },
    ),
    c.createFunction(
      { id: 'watch-cancelled', triggers: [{ event: 'inngest/function.cancelled' }] },
      async ({ event }) => {
        const { key, n } = event.data.event?.data ?? {};
        if (typeof key === 'string') note(key, n === undefined ? 'cancelled' : `cancelled ${n}`);
      },
    ),
  ];
}
