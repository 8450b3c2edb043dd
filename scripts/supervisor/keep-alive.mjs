// Keeps one child process running: starts it, starts it again when it dies, gives up when it never gets going.
import { setTimeout as sleep } from 'node:timers/promises';

const QUICK_MS = 5000;
const LONG_MS = 30_000;
const QUICK_LIMIT = 3;
const SLOWEST_RESTART_MS = 5000;

/**
 * @param {object} options
 * @param {string} options.name shown in messages
 * @param {() => Promise<{ pid: number, exited: Promise<unknown>, ready: Promise<unknown>, kill: (signal: string) => void,
 *   lastWords: () => string }>} options.start
 * @param {(line: string) => void} options.log
 * @param {(error: Error) => void} options.onHopeless called when it died three times at once before it was ever ready
 */
export function keepAlive(options) {
  return new Keeper(options);
}

class Keeper {
  #options;
  #current;
  #loop;
  #everReady = false;
  #quickDeaths = 0;
  #failures = 0;
  #stopping = new AbortController();

  constructor(options) {
    this.#options = options;
    this.name = options.name;
    /** Resolves when the child was ready for the first time. */
    this.ready = new Promise((resolve) => {
      this.noteReady = () => {
        this.#everReady = true;
        resolve();
      };
    });
    this.#loop = this.#run();
  }

  pid() {
    return this.#current?.pid;
  }

  kill(signal) {
    this.#current?.kill(signal);
  }

  /** Asks the child to end, and ends it by force when it has not within `graceMs`. */
  async stop(graceMs, signal = 'SIGTERM') {
    this.#stopping.abort();
    this.kill(signal);
    const timer = setTimeout(() => this.kill('SIGKILL'), graceMs);
    await this.#loop;
    clearTimeout(timer);
  }

  async #run() {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const began = Date.now();
      const words = await this.#runOnce();
      if (signal.aborted || this.#isHopeless(Date.now() - began, words)) return;
      this.#options.log(`Restarting: the ${this.name} ended unexpectedly.`);
      const delay = Math.min(100 * 2 ** (this.#failures - 1), SLOWEST_RESTART_MS);
      await sleep(delay, undefined, { signal }).catch(() => {});
    }
  }

  /** From start to end of one process; answers with its last words. */
  async #runOnce() {
    try {
      const child = await this.#options.start();
      this.#current = child;
      if (this.#stopping.signal.aborted) child.kill('SIGTERM');
      child.ready.then(this.noteReady, () => {});
      await child.exited;
      return child.lastWords();
    } catch (error) {
      return error.message;
    } finally {
      this.#current = undefined;
    }
  }

  #isHopeless(livedMs, words) {
    this.#quickDeaths = livedMs < QUICK_MS ? this.#quickDeaths + 1 : 0;
    this.#failures = livedMs < LONG_MS ? this.#failures + 1 : 1;
    if (this.#everReady || this.#quickDeaths < QUICK_LIMIT) return false;
    const error = new Error(
      `The ${this.name} ended ${QUICK_LIMIT} times right after its start. Its last words:\n${words}`,
    );
    this.#options.onHopeless(error);
    return true;
  }
}
