import type { AppClient } from './app-client';
import { readConfig, UnsupportedFeatureError } from './config';
import { startLoop } from './loop';
import type { Registry } from './registry';
import { type ExecutorLog, reasonOf } from './settings';

/** Whether calls may be made. It opens only after a sync succeeded, which proves address, signature and functions. */
export interface Gate {
  isOpen(): boolean;
  /** The application is away: no calls until it answers again. */
  close(reason: string): void;
  /** Reads the functions anew, soon. */
  resync(): void;
  /** Resolves with the first successful sync; rejects when the functions need what is not done here. */
  readonly synced: Promise<void>;
  stop(): Promise<void>;
}

export interface GateOptions {
  app: AppClient;
  registry: Registry;
  log: ExecutorLog;
  afterSync(): Promise<void>;
  onOpen(): void;
}

const RESYNC_EVERY_MS = 30_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3000;

export function startGate(options: GateOptions): Gate {
  const { app, registry, log } = options;
  const first = firstSync();
  let open = false;
  let refusedWith = '';
  let tries = 0;

  async function sync(): Promise<void> {
    registry.replace(readConfig((await app.sync()).functions));
    await options.afterSync();
    refusedWith = '';
    tries = 0;
    if (first.resolve()) log.info('The executor knows the functions.', { functions: registry.all().length });
    if (open) return;
    open = true;
    options.onOpen();
  }

  /** How long to wait after a sync that failed. */
  function failed(error: unknown): number {
    if (error instanceof UnsupportedFeatureError) {
      if (error.message !== refusedWith) log.error(error.message);
      refusedWith = error.message;
      first.reject(error);
      return RESYNC_EVERY_MS;
    }
    // While calls get through, a sync that fails (a restart just now) changes nothing.
    if (open) return LONGEST_WAIT_MS;
    tries += 1;
    // A booting web process is no news; one that stays away is.
    if (tries === 5) {
      log.warn('The application does not take calls yet; runs wait for it.', { reason: reasonOf(error) });
    }
    return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 1.5 ** Math.min(tries, 20));
  }

  const loop = startLoop('gate', log, async () => {
    try {
      if (!open && !(await app.probe())) throw new Error('the web process does not answer yet');
      await sync();
      return RESYNC_EVERY_MS;
    } catch (error) {
      return failed(error);
    }
  });

  return {
    isOpen: () => open,
    synced: first.promise,
    resync: loop.wake,
    stop: loop.stop,
    close(reason) {
      if (!open) return;
      open = false;
      tries = 0;
      log.warn('The application is away; no step is started until it answers.', { reason });
      setTimeout(loop.wake, FIRST_WAIT_MS).unref();
    },
  };
}

/** A promise that is settled by whichever comes first; `resolve` tells whether this was the first time. */
function firstSync() {
  let done = false;
  let settle: { resolve(): void; reject(error: Error): void } | null = null;
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => undefined); // whoever waits for it hears it; without a listener it must not end the process
  return {
    promise,
    resolve(): boolean {
      const news = !done;
      done = true;
      settle?.resolve();
      return news;
    },
    reject: (error: Error) => settle?.reject(error),
  };
}
