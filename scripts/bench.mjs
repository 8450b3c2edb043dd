// npm run bench -- <name>: measures one part of the program on a database of its own that is thrown away afterwards.
// The figures are JSON lines on standard output; everything else goes to standard error.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BUNDLED } from './bundled.mjs';
import { ensureDatabase, startPostgres } from './postgres.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name = '', ...options] = process.argv.slice(2);
const file = join(root, 'scripts', 'bench', `${name}.ts`);

if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  console.error('Name what to measure, for example: npm run bench -- placement');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'hyble-bench-'));
const server = await startPostgres({ folder, password: randomBytes(12).toString('hex'), durable: true });
try {
  await ensureDatabase(server.url('postgres'), 'bench');
  const env = {
    ...process.env,
    DATABASE_URL: server.url('bench'),
    HYBLE_DATA_DIR: folder,
    HYBLE_MODE: 'test',
    NEXTAUTH_SECRET: randomBytes(24).toString('hex'),
    LOG_LEVEL: 'silent',
  };
  await run([join(root, 'scripts', 'migrate.mjs')], env);
  const outdir = join(root, 'build', 'bench');
  const sources = readdirSync(join(root, 'scripts', 'bench')).map((entry) => join('scripts', 'bench', entry));
  // As the program itself runs: a compiler in the same process would be measured with it.
  await build({ ...BUNDLED, entryPoints: sources, outdir, splitting: true });
  const measured = [join(outdir, `${name}.mjs`), ...options];
  process.exitCode = await run(measured, { HYBLE_DATABASE_POOL: '8', ...env });
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

function run(args, env) {
  // What a helper says is no figure.
  const stdio = ['ignore', args[0].endsWith('migrate.mjs') ? 2 : 'inherit', 'inherit'];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
