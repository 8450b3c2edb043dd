// Writes prisma/migrations/<timestamp>_<name>/ from what changed in prisma/schema.prisma since the newest migration.
//   node scripts/new-migration.mjs <name>
// Compares two schema files, never a database: what the schema language cannot say (partial indexes, checks) is added by
// hand to migration.sql, and a comparison with a live database would want to drop it again.
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { panic, withEngine } from './migrations/engine.mjs';
import { LOCK_FILE, listMigrations } from './migrations/files.mjs';
import { startPostgres } from './postgres.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { prisma: { type: 'string', default: fileURLToPath(new URL('../prisma', import.meta.url)) } },
});
const prismaFolder = resolve(values.prisma);
const schemaFile = join(prismaFolder, 'schema.prisma');
const name = positionals[0] ?? '';

process.on('uncaughtException', (error) => fail(panic.message || error.message));

if (!/^[a-z][a-z0-9_]*$/.test(name))
  fail('Give the migration a name of small letters, digits and underscores, for example add_server_tags.');

try {
  const previous = listMigrations(prismaFolder).at(-1);
  const sql = await compare(previous && join(prismaFolder, 'migrations', previous, 'schema.prisma'));
  if (!sql.trim() || sql.includes('This is an empty migration'))
    fail(`prisma/schema.prisma is the same as in ${previous}: nothing to write.`);
  console.log(`Wrote ${write(sql)}. Read migration.sql and add by hand what the schema cannot say.`);
  process.exit(0);
} catch (error) {
  fail(error.message);
}

async function compare(previousFile) {
  if (previousFile && !existsSync(previousFile))
    fail(`${previousFile} is missing, so there is nothing to compare with. Restore it from git.`);
  const files = (path) => ({ tag: 'schemaDatamodel', files: [{ path, content: readFileSync(path, 'utf8') }] });
  const target = files(schemaFile);
  const params = {
    from: previousFile ? files(previousFile) : { tag: 'empty' },
    to: target,
    script: true,
    exitCode: null,
  };
  const filters = { externalTables: [], externalEnums: [] };
  const datamodels = target.files.map(({ path, content }) => [path, content]);
  // Only files are compared, but the engine wants to know the dialect from a server: an empty one that ends with us.
  const folder = mkdtempSync(join(tmpdir(), 'hyble-diff-'));
  const server = await startPostgres({ folder, password: randomBytes(12).toString('hex'), durable: false });
  try {
    const connectionString = server.url('postgres');
    return await withEngine(
      { connectionString, datamodels },
      async (engine) => (await engine.diff({ ...params, filters })).stdout ?? '',
    );
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(sql) {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(prismaFolder, 'migrations', `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), sql);
  copyFileSync(schemaFile, join(folder, 'schema.prisma'));
  const lock = join(prismaFolder, 'migrations', LOCK_FILE.path);
  if (!existsSync(lock)) writeFileSync(lock, LOCK_FILE.content);
  return folder;
}

function fail(message) {
  console.error(`No migration was written. ${message}`);
  process.exit(1);
}
