import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/postgres.mjs';

/** What `npm run demo` writes into `<data>/demo.json`. */
export interface DemoFacts {
  url: string;
  admin: { email: string; password: string };
  customer: { email: string; password: string };
  mailbox: string;
  simulators: Array<{ slug: string; name: string; url: string; control: string }>;
}

export interface RunningDemo {
  folder: string;
  port: number;
  process: ChildProcess;
  facts: DemoFacts;
  /** SIGTERM, then waits. Answers with the exit code. */
  stop(): Promise<number | null>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_LIMIT_MS = 180_000;

/** An empty data folder that the caller removes with `removeFolder`. */
export const newDataFolder = () => mkdtempSync(join(tmpdir(), 'hyble-demo-'));
export const removeFolder = (folder: string) => rmSync(folder, { recursive: true, force: true });

/** Starts the demo as a person would, on a free port, and waits until it has printed its sign-ins. */
export async function startDemo(options: {
  folder: string;
  port?: number;
  env?: Record<string, string>;
  /** Instead of node itself, for example npm. */
  command?: [program: string, ...args: string[]];
}): Promise<RunningDemo> {
  const { folder } = options;
  const port = options.port ?? (await freePort());
  // The test runner's own mode must not reach the program.
  const { HYBLE_MODE: _mode, ...outside } = process.env;
  const [program, ...args] = options.command ?? [process.execPath, 'scripts/demo.mjs'];
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...outside, NODE_ENV: 'production', PORT: String(port), HYBLE_DATA_DIR: folder, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const deadline = Date.now() + READY_LIMIT_MS;
  while (!output.includes('Stop: Ctrl-C')) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGTERM');
      throw new Error(`The demo did not get ready.\n${output}\n${readLogs(folder)}`);
    }
    await sleep(50);
  }
  const facts: DemoFacts = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8'));
  return {
    folder,
    port,
    process: child,
    facts,
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** The last lines of every log of a demo, for the message of a failed start. */
export function readLogs(folder: string): string {
  const logs = join(folder, 'logs');
  if (!existsSync(logs)) return '';
  return readdirSync(logs)
    .map((name) => `--- ${name}\n${readFileSync(join(logs, name), 'utf8').split('\n').slice(-15).join('\n')}`)
    .join('\n');
}
