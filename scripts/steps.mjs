// Runs commands one after another and says how each went.
import { spawn, spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The environment with the programs of node_modules first, as npm would give it. */
export const toolEnv = (extra = {}) => ({
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
  ...extra,
});

/** Runs one command with its output shown. True when it succeeded. */
export function runStep({ name, command: [program, ...args], env }) {
  const started = Date.now();
  console.log(`\n> ${name}`);
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    env: toolEnv(env),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) console.error(`${program} could not be started: ${error.message}. Run npm ci.`);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name}, ${seconds} s`);
  return status === 0;
}

/**
 * Runs one command while others run: its output is kept and shown in one piece at its end, so that lines do not mix.
 * Resolves to true when it succeeded.
 */
export function runStepBeside({ name, command: [program, ...args], env }) {
  const started = Date.now();
  console.log(`\n> ${name}, beside what follows; its output comes at its end`);
  const child = spawn(program, args, { cwd: root, env: toolEnv(env), stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  child.once('error', ({ message }) => output.push(`${program} could not be started: ${message}. Run npm ci.\n`));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      console.log(`\n> ${name}\n${Buffer.concat(output.map((chunk) => Buffer.from(chunk))).toString()}`);
      console.log(`${code === 0 ? 'ok' : 'FAILED'}: ${name}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
      resolve(code === 0);
    });
  });
}

/** Runs all of them; ends with a line per failure. True when all succeeded. */
export function runSteps(steps, { stopAtFirst = true } = {}) {
  const failed = [];
  for (const step of steps) {
    if (runStep(step)) continue;
    failed.push(step.name);
    if (stopAtFirst) break;
  }
  if (failed.length) console.error(`\nFailed: ${failed.join(', ')}.`);
  return failed.length === 0;
}
