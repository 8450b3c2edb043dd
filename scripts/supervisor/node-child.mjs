// Starts a Node program as a child that ends with us and whose output goes where it belongs.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LIFELINE = fileURLToPath(new URL('./lifeline.mjs', import.meta.url));
const WORDS_KEPT = 20;

/**
 * @param {{ args: string[], cwd: string, env: NodeJS.ProcessEnv, settings?: unknown, output: (chunk: Buffer) => void }} options
 *   `settings` travel over the channel, so that they are in no argument list; the child answers `{ type: 'ready', ... }`.
 */
export async function startNodeChild({ args, cwd, env, settings, output }) {
  // Own process group: Ctrl-C reaches the supervisor alone, which then stops its children in order.
  const child = spawn(process.execPath, ['--import', LIFELINE, ...args], {
    cwd,
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      tail = `${tail}${chunk}`.split('\n').slice(-WORDS_KEPT).join('\n');
      output(chunk);
    });
  }
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => {
      tail += error.message;
      resolve({ code: 1, signal: null });
    });
  });
  const ready = new Promise((resolve) => {
    child.on('message', (message) => message?.type === 'ready' && resolve(message));
  });
  if (settings !== undefined) child.send({ type: 'settings', settings }, () => {});
  return {
    pid: child.pid,
    exited,
    ready,
    kill: (signal) => void child.kill(signal),
    lastWords: () => tail.trim(),
  };
}
