import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../scripts/postgres.mjs';

const READY_LIMIT_MS = 120_000;
const READY = /Hyble Provisioning is ready/;
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface Installation {
  url: string;
  folder: string;
  /** What is printed on the screen for whoever sets it up; '' once there is an administrator. */
  setupCode: string;
  /** Everything that it and its children have written so far. */
  output: () => string;
  /** Its supervisor. */
  pid: number;
  stop: () => Promise<void>;
}

/** `npm start` on a folder, as an operator would with these settings. */
export async function startInstallation(
  folder: string,
  settings: Record<string, string>,
  { hasAdministrator = false } = {},
): Promise<Installation> {
  const port = await freePort();
  const { HYBLE_MODE: _mode, ...outside } = process.env;
  const child: ChildProcess = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: ROOT,
    env: { ...outside, NODE_ENV: 'production', PORT: String(port), HYBLE_DATA_DIR: folder, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const deadline = Date.now() + READY_LIMIT_MS;
  let setupCode: string | undefined;
  while (setupCode === undefined) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGTERM');
      throw new Error(`The installation did not get ready.\n${output}`);
    }
    await sleep(50);
    setupCode = hasAdministrator ? (READY.test(output) ? '' : undefined) : /\n {4}([A-Z\d-]{19})\n/.exec(output)?.[1];
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  return { url: `http://127.0.0.1:${port}`, folder, setupCode, output: () => output, pid: child.pid ?? 0, stop };
}
