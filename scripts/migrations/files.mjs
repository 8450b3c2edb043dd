// The migrations on disk: prisma/migrations/<timestamp>_<name>/{migration.sql,schema.prisma}.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const LOCK_FILE = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };

/** Names of the migrations in `<prismaFolder>/migrations`, oldest first. */
export function listMigrations(prismaFolder) {
  const folder = join(prismaFolder, 'migrations');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort();
}

/** The same list in the shape the schema engine reads. */
export function migrationsForEngine(prismaFolder) {
  const baseDir = join(prismaFolder, 'migrations');
  const migrationDirectories = listMigrations(prismaFolder).map((path) => ({
    path,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok', value: readFileSync(join(baseDir, path, 'migration.sql'), 'utf8') },
    },
  }));
  return { baseDir, lockfile: LOCK_FILE, shadowDbInitScript: '', migrationDirectories };
}
