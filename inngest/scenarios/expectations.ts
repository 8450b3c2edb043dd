/** One event to send. `after`: only once this was noted, or all of these. */
export interface Sent {
  name: string;
  data?: Record<string, unknown>;
  /** Put behind the key, so that it is new in every suite. */
  id?: string;
  delayMs?: number;
  after?: string | string[];
}

/** What one scenario does and what must come of it, on every executor. */
export interface Scenario {
  name: string;
  send: Sent[];
  /** In this order; a list inside stands for texts in any order. */
  notes: (string | string[])[];
  /** At least so long between the first notes of two texts; without `from`, since sending. */
  gapMs?: { from?: string; to: string; atLeast: number };
  /** The most that was under way at once: for one inner key, and together. */
  mostAtOnce?: { one: number; all: number };
  /** Fired by the clock: the suite waits for a minute, or makes it fire where it can. */
  cron?: boolean;
}

const one = (name: string, ...notes: Scenario['notes']): Scenario => ({
  name,
  send: [{ name: `scenario/${name}` }],
  notes,
});

export const SCENARIOS: Scenario[] = [
  one('steps', 'a', 'b', 'end 41'),
  one('loop', 'turn 1', 'turn 2', 'turn 3', 'end 1,2,3'),
  one('results', 'end {"date":"1970-01-01T00:00:00.000Z","list":[1,"ü🎉"],"nothing":null} null'),
  {
    ...one('flaky', 'fine', 'try', 'attempt 0', 'try', 'attempt 1', 'try', 'attempt 2', 'end'),
    gapMs: { from: 'attempt 0', to: 'attempt 1', atLeast: 950 },
  },
  one('body', 'attempt 0', 'attempt 1', 'end'),
  one('caught', 'caught no', 'end'),
  one('hopeless', 'try', 'onFailure'),
  one('used-up', 'attempt 0', 'attempt 1', 'onFailure'),
  one('too-large', 'onFailure'),
  { ...one('sleep', 'before', 'after'), gapMs: { from: 'before', to: 'after', atLeast: 1950 } },
  { ...one('sleep-until', 'before', 'after'), gapMs: { from: 'before', to: 'after', atLeast: 1900 } },
  {
    name: 'later',
    send: [{ name: 'scenario/later', delayMs: 1500 }],
    notes: ['end'],
    gapMs: { to: 'end', atLeast: 1400 },
  },
  { ...one('parallel', ['p1', 'p2', 'p3'], 'sum 16'), gapMs: { to: 'sum 16', atLeast: 900 } },
  // A step that follows in one branch begins when every step of the batch before it has ended.
  one('chains', ['a1', 'b1'], ['a2', 'b2'], 'joined'),
  one('fan-out', ['end', 'child 1', 'child 3']),
  {
    name: 'twice',
    send: [
      { name: 'scenario/twice', id: 'same' },
      { name: 'scenario/twice', id: 'same' },
    ],
    notes: ['began'],
  },
  {
    name: 'idempotent',
    send: ['a', 'a', 'b'].map((k) => ({ name: 'scenario/idempotent', data: { k } })),
    notes: [['a', 'b']],
  },
  {
    name: 'one-per-key',
    send: ['a', 'b', 'a', 'b', 'a', 'b'].map((k) => ({ name: 'scenario/one-per-key', data: { k } })),
    notes: [['done a', 'done a', 'done a', 'done b', 'done b', 'done b']],
    mostAtOnce: { one: 1, all: 2 },
  },
  {
    name: 'two-triggers',
    send: [{ name: 'scenario/left' }, { name: 'scenario/right' }],
    notes: [['scenario/left', 'scenario/right']],
  },
  { name: 'cron', send: [], notes: ['inngest/scheduled.timer'], cron: true },
  {
    name: 'singleton-skip',
    send: [{ name: 'scenario/singleton-skip' }, { name: 'scenario/singleton-skip', after: 'began' }],
    notes: ['began', 'end'],
  },
  {
    name: 'singleton-cancel',
    send: [
      { name: 'scenario/singleton-cancel', data: { n: 1 } },
      { name: 'scenario/singleton-cancel', data: { n: 2 }, after: 'began 1' },
    ],
    notes: ['began 1', ['cancelled 1', 'began 2'], 'end 2'],
  },
  {
    name: 'called-off',
    send: [
      { name: 'scenario/called-off', data: { n: 1 } },
      { name: 'scenario/called-off', data: { n: 2 } },
      { name: 'scenario/call-off', data: { n: 1 }, after: ['began 1', 'began 2'] },
    ],
    notes: [['began 1', 'began 2'], 'cancelled 1', 'end 2'],
  },
  {
    name: 'called-off-busy',
    send: [{ name: 'scenario/called-off-busy' }, { name: 'scenario/call-off-busy', after: 'busy' }],
    notes: ['busy', 'cancelled'],
  },
];
