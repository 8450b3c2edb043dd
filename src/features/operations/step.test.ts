import { expect, it } from 'vitest';
import { stepOf } from './step';

const facts = {
  kind: 'CREATE',
  state: 'RUNNING',
  attemptCount: 0,
  hasPlacement: false,
  hasResult: false,
  mail: null,
} as const;

it.each([
  ['looks for a server', {}, 'select-server'],
  ['waits for room', { state: 'WAITING' }, 'select-server'],
  ['creates on its server', { hasPlacement: true }, 'create-account'],
  ['failed at the panel and gave the slot back', { state: 'FAILED', attemptCount: 2 }, 'create-account'],
  ['failed before any call', { state: 'FAILED' }, 'select-server'],
  ['has an answer to write down', { hasPlacement: true, hasResult: true }, 'persist'],
  ['has a mail on its way', { state: 'SUCCEEDED', mail: 'QUEUED' }, 'send-welcome-email'],
  ['is done', { state: 'SUCCEEDED', mail: 'SENT' }, null],
  ['was cancelled', { state: 'CANCELLED', hasPlacement: true }, null],
  ['is no create', { kind: 'SUSPEND', hasPlacement: true }, null],
] as const)('a create that %s', (_name, change, step) => {
  expect(stepOf({ ...facts, ...change })).toBe(step);
});
