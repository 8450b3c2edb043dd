import { copyEnvironment, env } from '@/env';
import { loadDefinition, syncDefinitions } from '@/features/modules/load-definition';
import { syncModules } from '@/features/modules/sync-modules';
import { sweepOperations } from '@/features/operations/sweep-operations';
import { readTrustedProxies } from '@/lib/client-address';
import { ensureKeyRing } from '@/lib/key-ring';
import { logger } from '@/lib/logger';
import { stampPeerAddresses } from '@/lib/peer-address';
import { loadExternalModules, provideDefinitions } from '@/modules/registry';

const TICK_MS = 1000;
// Next loads this file more than once per process; the timer may exist only once.
const shared = globalThis as unknown as { hybleSweep?: NodeJS.Timeout };

/**
 * Opens the key ring, writes the modules down and starts the sweep. What stands in the way ends the process with its
 * reason: Next itself would stay and answer every page with an error, and a start would wait for it for ever.
 */
export async function startBackground(): Promise<void> {
  if (shared.hybleSweep) return;
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

async function start(): Promise<void> {
  copyEnvironment();
  // A setting that cannot be read is refused now, not at the first visitor.
  readTrustedProxies(env.HYBLE_TRUSTED_PROXIES);
  stampPeerAddresses();
  await ensureKeyRing();
  await loadExternalModules(
    env.HYBLE_MODULES.split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  );
  provideDefinitions(loadDefinition);
  await syncDefinitions();
  await syncModules();
  shared.hybleSweep = setInterval(() => void tick(), TICK_MS);
  shared.hybleSweep.unref();
}

const state = { busy: false };

async function tick(): Promise<void> {
  if (state.busy) return;
  state.busy = true;
  try {
    await syncDefinitions();
    await sweepOperations();
  } catch (error) {
    logger.warn({ err: error }, 'the sweep could not finish; it runs again in a second');
  } finally {
    state.busy = false;
  }
}
