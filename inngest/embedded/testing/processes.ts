import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ExecutorSettings } from '../settings';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function start(path: string, args: string[]): ChildProcess {
  return fork(fromHere(path), args, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
}

/** The executor as the supervisor starts it: a process that gets its settings as the first message. */
export async function forkExecutor(settings: ExecutorSettings): Promise<ChildProcess & { output(): string }> {
  const child = start('../main.ts', []);
  let text = '';
  const keep = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.send({ type: 'settings', settings });
  await once(child, 'message');
  return Object.assign(child, { output: () => text });
}

export async function forkApp(port: number, executorPort: number, file: string): Promise<ChildProcess> {
  const child = start('./app-process.ts', [String(port), String(executorPort), file]);
  await once(child, 'message');
  return child;
}

/** Ends a process the hard way and waits until it is gone. */
export async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
  return child.exitCode;
}
