import { expect, it, vi } from 'vitest';
import { keepAlive } from './keep-alive.mjs';

/** A child that the test ends by hand. */
function fakeChildren(options: { ready: boolean }) {
  const started: Array<{ end: () => void; signals: string[] }> = [];
  const start = async () => {
    let end = () => {};
    const signals: string[] = [];
    const exited = new Promise<void>((resolve) => {
      end = resolve;
    });
    started.push({ end, signals });
    const kill = (signal: string) => {
      signals.push(signal);
      if (signal === 'SIGKILL') end();
    };
    const ready = options.ready ? Promise.resolve() : new Promise<void>(() => {});
    return { pid: started.length, exited, ready, kill, lastWords: () => 'its last words' };
  };
  return { started, start };
}

it('starts again what ended', async () => {
  const { started, start } = fakeChildren({ ready: true });
  const log = vi.fn();
  const keeper = keepAlive({ name: 'thing', start, log, onHopeless: vi.fn() });
  await keeper.ready;
  started[0]?.end();
  await vi.waitFor(() => expect(started).toHaveLength(2));
  expect(log).toHaveBeenCalledWith(expect.stringContaining('thing'));
  await keeper.stop(10);
});

it('gives up after three quick deaths before it was ever ready, with the last words', async () => {
  const { started, start } = fakeChildren({ ready: false });
  const onHopeless = vi.fn();
  keepAlive({ name: 'thing', start, log: () => {}, onHopeless });
  for (const round of [0, 1, 2]) {
    await vi.waitFor(() => expect(started).toHaveLength(round + 1));
    started[round]?.end();
  }
  await vi.waitFor(() => expect(onHopeless).toHaveBeenCalledOnce());
  expect(onHopeless.mock.calls[0]?.[0].message).toContain('its last words');
  expect(started).toHaveLength(3);
});

it('asks first and kills when the grace is over', async () => {
  const { started, start } = fakeChildren({ ready: true });
  const keeper = keepAlive({ name: 'thing', start, log: () => {}, onHopeless: () => {} });
  await keeper.ready;
  await keeper.stop(20);
  expect(started).toHaveLength(1);
  expect(started[0]?.signals).toEqual(['SIGTERM', 'SIGKILL']);
});
