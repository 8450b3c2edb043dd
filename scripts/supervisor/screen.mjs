// What a start shows, and what ends it: shared by `npm start` and `npm run demo`.
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** One line for the person at the screen. */
export const say = (line) => console.log(line);

/** Children write to our own output, as services under systemd or in a container are expected to. */
export const toScreen = () => (chunk) => process.stdout.write(chunk);

/** Children write to files in the data folder; the screen keeps only what a newcomer wants to read. */
export function toFiles(folder) {
  const streams = new Map();
  return (name) => (chunk) => {
    if (!streams.has(name)) {
      mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
      streams.set(
        name,
        createWriteStream(join(folder, 'logs', `${name.replaceAll(' ', '-')}.log`), { flags: 'a', mode: 0o600 }),
      );
    }
    streams.get(name).write(chunk);
  };
}

/**
 * Runs a start until a signal ends it. `start` gets `onHopeless` and resolves with `{ stop }`; exit code 0 after a
 * signal, 1 after a failure, which is shown in words without a call stack.
 */
export async function runUntilSignal(start) {
  let running;
  let signalled = false;
  const end = async (code) => {
    await running?.stop();
    process.exit(code);
  };
  const fail = (error) => {
    console.error(`\n${process.env.HYBLE_DEBUG ? error.stack : error.message}`);
    return end(1);
  };
  const onSignal = () => {
    if (signalled) return;
    signalled = true;
    if (!running) {
      // Nothing durable is half done: every child ends with us, and the next start tidies up.
      console.log('Stopped while starting.');
      process.exit(0);
    }
    console.log('Stopping ...');
    void end(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, onSignal);
  onLossOfNpm(onSignal);
  try {
    running = await start(fail);
  } catch (error) {
    if (!signalled) await fail(error);
  }
}

/**
 * npm puts a shell between itself and us, and that shell passes no signal on: `kill <npm>` would end both and leave us
 * behind. Started by npm, we stop when that shell is gone.
 */
function onLossOfNpm(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  setInterval(() => process.ppid !== shell && stop(), 250).unref();
}
