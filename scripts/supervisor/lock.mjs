// One supervisor per data folder. The lock is a socket somebody listens on: it is gone with its owner, so nothing stale
// has to be judged by age or by a process number that may belong to a stranger by now.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Takes the lock of a data folder.
 * @returns {Promise<() => Promise<void>>} gives it back
 */
export async function takeLock(folder) {
  const path = socketPath(resolve(folder));
  for (let attempt = 0; attempt < 3; attempt++) {
    const server = await listen(path);
    if (server) {
      // Two starts may both have cleared the same stale socket; only one of them answers on the path now.
      if ((await askOwner(path)) === process.pid) return () => new Promise((done) => server.close(done));
      server.close();
    }
    const owner = await askOwner(path);
    if (owner) {
      throw new Error(
        `Already running: process ${owner} uses the data folder ${resolve(folder)}. Stop it first, or give this copy a ` +
          'data folder and a port of its own (HYBLE_DATA_DIR, PORT).',
      );
    }
    if (process.platform !== 'win32') rmSync(path, { force: true });
  }
  throw new Error(`The data folder ${resolve(folder)} could not be locked. Is another copy starting? Try once more.`);
}

function socketPath(folder) {
  const id = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\hyble-${id}`;
  const path = join(folder, 'supervisor.sock');
  return path.length < 100 ? path : join(tmpdir(), `hyble-${id}.sock`); // the system allows about 107 characters
}

/** The listening server, or null when the path is taken. Whoever connects is told our process number. */
function listen(path) {
  return new Promise((resolvePromise, reject) => {
    const server = createServer((socket) => socket.on('error', () => {}).end(`${process.pid}\n`));
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolvePromise(null) : reject(error)));
    server.listen(path, () => resolvePromise(server.unref()));
  });
}

/** The process that holds the lock, or null when nobody listens. */
function askOwner(path) {
  return new Promise((resolvePromise) => {
    let text = '';
    const socket = connect(path);
    const finish = () => resolvePromise(Number.parseInt(text, 10) || null);
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => resolvePromise(null)).on('close', finish);
  });
}
