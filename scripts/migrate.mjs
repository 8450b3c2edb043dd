// Applies the migrations of prisma/migrations to DATABASE_URL, then ends. Always run as a process of its own.
//   node scripts/migrate.mjs                                apply what is missing
//   node scripts/migrate.mjs --rolled-back <migration>      after a failed one: it left nothing behind, allow a new try
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { panic, withEngine } from './migrations/engine.mjs';
import { migrationsForEngine } from './migrations/files.mjs';

const { values } = parseArgs({
  options: {
    'rolled-back': { type: 'string' },
    prisma: { type: 'string', default: fileURLToPath(new URL('../prisma', import.meta.url)) },
  },
});
const NO_FILTERS = { externalTables: [], externalEnums: [] };

process.on('uncaughtException', (error) => fail(panic.message || error.message));

const connectionString = process.env.DATABASE_URL;
if (!connectionString) {
  fail(
    'DATABASE_URL is not set, so there is no database to migrate. Set it, for example postgresql://user:password@host/name.',
  );
}

try {
  const applied = await withEngine({ connectionString }, apply);
  console.log(applied.length ? `Applied ${applied.join(', ')}.` : 'The database is up to date.');
  process.exit(0); // the engine's timer would hold the process for ten seconds more
} catch (error) {
  fail(error.message);
}

async function apply(engine, sqlError) {
  const name = values['rolled-back'];
  if (name) await engine.markMigrationRolledBack({ migrationName: name });
  const migrationsList = migrationsForEngine(resolve(values.prisma));
  try {
    return (await engine.applyMigrations({ migrationsList, filters: NO_FILTERS })).appliedMigrationNames;
  } catch (error) {
    const reason = sqlError();
    const [words] = error.message.split(/\n\s+0: /); // the rest is the engine's own call stack
    throw new Error(reason ? `${words}\nPostgreSQL says: ${inWords(reason)}` : words, { cause: error });
  }
}

function inWords(error) {
  const at = Number(error.position ?? 0);
  const line = at > 0 ? ` (line ${error.script.slice(0, at - 1).split('\n').length})` : '';
  return [`${error.message}${line}`, error.detail, error.hint].filter(Boolean).join('\n  ');
}

function fail(message) {
  console.error(`The database could not be migrated. ${message}`);
  if (/failed migrations|PostgreSQL says/.test(message)) {
    console.error(
      'A failed migration leaves nothing behind. When its cause is mended, run ' +
        '`node scripts/migrate.mjs --rolled-back <name of the migration>` to try it again.',
    );
  }
  process.exit(1);
}
