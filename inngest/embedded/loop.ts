import { type ExecutorLog, reasonOf } from './settings';

export interface Loop {
  /** Looks for work at once, also when a round is running just now. */
  wake(): void;
  /** Ends after the round that is running. */
  stop(): Promise<void>;
}

const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 5000;

/**
 * Runs `round` again and again. A round answers how long to wait until the next one (0 = at once). A round that throws,
 * mostly because the database is away, is tried again with growing waits and reported once per outage.
 */
export function startLoop(name: string, log: ExecutorLog, round: () => Promise<number>): Loop {
  let stopped = false;
  let woken = false;
  let wakeUp: (() => void) | null = null;
  let failures = 0;

  function pause(ms: number): Promise<void> {
    if (woken || stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        wakeUp = null;
        resolve();
      }
      wakeUp = done;
    });
  }

  async function once(): Promise<number> {
    try {
      const wait = await round();
      if (failures > 0) log.info(`The executor's ${name} works again.`, { failures });
      failures = 0;
      return wait;
    } catch (error) {
      failures += 1;
      if (failures === 1) {
        log.error(`The executor's ${name} failed; it goes on as soon as that is over.`, { reason: reasonOf(error) });
      }
      woken = false; // a burst of wake-ups must not defeat the back-off
      return Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** Math.min(failures, 10));
    }
  }

  const done = (async () => {
    while (!stopped) {
      woken = false;
      const wait = await once();
      if (wait > 0) await pause(wait);
    }
  })();

  return {
    wake() {
      woken = true;
      wakeUp?.();
    },
    async stop() {
      stopped = true;
      wakeUp?.();
      await done;
    },
  };
}
