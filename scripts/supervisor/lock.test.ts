import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeLock } from './lock.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyble-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that holds the lock and says so. */
async function holder() {
  const script = `import { takeLock } from ${JSON.stringify(new URL('./lock.mjs', import.meta.url).href)};
    await takeLock(${JSON.stringify(folder)}); process.stdout.write('held'); setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

it('refuses a second owner and names the first', async () => {
  const other = await holder();
  await expect(takeLock(folder)).rejects.toThrow(`process ${other.pid}`);
  other.kill('SIGKILL');
});

it('passes to the next owner when the first was killed', async () => {
  const other = await holder();
  const gone = new Promise((resolve) => other.once('exit', resolve));
  other.kill('SIGKILL');
  await gone;
  expect(existsSync(join(folder, 'supervisor.sock'))).toBe(true); // what the killed one left behind
  const release = await takeLock(folder);
  await release();
});

it('gives the lock to exactly one of many that start at once', async () => {
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(folder)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
