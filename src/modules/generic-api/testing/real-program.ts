import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Continuous integration installs these programs, so there it is an error when one is missing. */
export function isInstalled(name: string, file: string, debianPackage: string): boolean {
  if (existsSync(file)) return true;
  const words = `${name} is not installed here (${file}); on Debian: apt-get install ${debianPackage}`;
  if (process.env.HYBLE_REAL_PROGRAMS === 'required') throw new Error(words);
  process.stdout.write(`skipped: ${words}\n`);
  return false;
}

/** Ports that were free a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export interface RealProgram {
  url: string;
  folder: string;
  stop(): Promise<void>;
}

export interface ProgramOptions {
  /** Written into an empty folder before the start; answers the command with its arguments. */
  prepare(folder: string): [file: string, ...args: string[]];
  env?: (folder: string) => Record<string, string>;
  url: string;
  /** Answers true once the program does its work. */
  isReady(): Promise<boolean>;
}

const LONGEST_START_MS = 60_000;

async function untilReady(child: ChildProcess, said: () => string, isReady: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + LONGEST_START_MS;
  while (!(await isReady().catch(() => false))) {
    if (child.exitCode !== null || Date.now() > end)
      throw new Error(`The program did not start: ${said().slice(-2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Starts a real program in a folder of its own and in a process group of its own. */
export async function startProgram(options: ProgramOptions): Promise<RealProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'hyble-program-'));
  const [file, ...args] = options.prepare(folder);
  const base: NodeJS.ProcessEnv = { NODE_ENV: 'test', PATH: process.env.PATH, HOME: folder, LC_ALL: 'C.UTF-8' };
  const env = { ...base, ...options.env?.(folder) };
  const child = spawn(file, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text = `${text}${chunk.toString()}`.slice(-10_000);
    });
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await untilReady(child, () => text, options.isReady);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: options.url, folder, stop };
}
