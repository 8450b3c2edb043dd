// Runs commands one after another and says how each went.
import { spawnSync } from 'node:child_process';
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
