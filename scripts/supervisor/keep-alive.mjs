// Keeps one child process running: starts it, starts it again when it dies, gives up when it never gets going.
import { setTimeout as sleep } from 'node:timers/promises';

const QUICK_MS = 5000;
const QUICK_LIMIT = 3;
const SLOWEST_RESTART_MS = 5000;

/**
 * @param {object} options
 * @param {string} options.name shown in messages
 * @param {() => Promise<{ pid: number, exited: Promise<unknown>, ready?: Promise<unknown>, kill: (signal: string) => void,
 *   lastWords: () => string }>} options.start
 * @param {(line: string) => void} options.log
 * @param {(error: Error) => void} options.onHopeless called when it died three times at once before it was ever ready
 */
export function keepAlive({ name, start, log, onHopeless }) {
  let stopping = false;
  let everReady = false;
  let quickDeaths = 0;
  let failures = 0;
  let current;
  let firstReady;
  const ready = new Promise((resolve) => {
    firstReady = resolve;
  });
  const interrupt = new AbortController();

  const loop = (async () => {
    while (!stopping) {
      const began = Date.now();
      let words = '';
      try {
        current = await start();
        if (stopping) current.kill('SIGTERM');
        current.ready?.then(
          () => {
            everReady = true;
            firstReady();
          },
          () => {},
        );
        await current.exited;
        words = current.lastWords();
      } catch (error) {
        words = error.message;
      }
      current = undefined;
      if (stopping) break;
      const lived = Date.now() - began;
      quickDeaths = lived < QUICK_MS ? quickDeaths + 1 : 0;
      failures = lived < 30_000 ? failures + 1 : 1;
      if (!everReady && quickDeaths >= QUICK_LIMIT) {
        onHopeless(
          new Error(`The ${name} ended ${QUICK_LIMIT} times right after its start. Its last words:\n${words}`),
        );
        break;
      }
      log(`The ${name} ended and is started again.`);
      await sleep(Math.min(100 * 2 ** (failures - 1), SLOWEST_RESTART_MS), undefined, {
        signal: interrupt.signal,
      }).catch(() => {});
    }
  })();

  return {
    name,
    /** Resolves when it was ready for the first time. */
    ready,
    pid: () => current?.pid,
    kill: (signal) => current?.kill(signal),
    /** Asks it to end, and ends it by force when it has not within `graceMs`. */
    async stop(graceMs, signal = 'SIGTERM') {
      stopping = true;
      interrupt.abort();
      current?.kill(signal);
      const timer = setTimeout(() => current?.kill('SIGKILL'), graceMs);
      await loop;
      clearTimeout(timer);
    },
  };
}
