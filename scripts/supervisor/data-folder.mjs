// The one folder that holds all state of an installation, and the secrets generated into it at the first start.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Makes the folder when it is missing and checks that it is of the right kind.
 * @param {'production' | 'demo'} kind
 */
export function openDataFolder(path, kind) {
  const folder = resolve(path);
  try {
    mkdirSync(dirname(folder), { recursive: true });
    const fresh = !existsSync(join(folder, 'secrets.json'));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const isDemo = existsSync(join(folder, 'demo'));
    if (kind === 'production' && isDemo) {
      throw new Error(
        `${folder} holds demo data, and demo data has sign-ins and servers that are not real. ` +
          'Start with `npm run demo`, or set HYBLE_DATA_DIR to another folder.',
      );
    }
    if (kind === 'demo' && !fresh && !isDemo) {
      throw new Error(
        `${folder} holds a real installation; the demo does not touch it. Set HYBLE_DATA_DIR to another folder.`,
      );
    }
    if (kind === 'demo') writeFileSync(join(folder, 'demo'), 'Sample data: npm start refuses this folder.\n');
    return folder;
  } catch (error) {
    throw explain(error, folder);
  }
}

/** Secrets of this installation; generated once, kept 0600. Nothing else knows them. */
export function readSecrets(folder) {
  const file = join(folder, 'secrets.json');
  try {
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
    const secrets = {
      nextAuthSecret: randomBytes(32).toString('base64url'),
      databasePassword: randomBytes(24).toString('base64url'),
      inngestEventKey: randomBytes(24).toString('hex'),
      inngestSigningKey: `signkey-prod-${randomBytes(32).toString('hex')}`,
    };
    writePrivate(file, secrets);
    return secrets;
  } catch (error) {
    throw explain(error, folder);
  }
}

/** Writes JSON that only we may read, whole or not at all. */
export function writePrivate(file, value) {
  const fresh = `${file}.${process.pid}.new`;
  writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

function explain(error, folder) {
  if (error.code !== 'EACCES' && error.code !== 'EPERM') return error;
  return new Error(
    `The data folder ${folder} may not be used by this account (${error.message}). It was probably made by another one, ` +
      'such as root: start as that account, give the folder to this one (chown -R), or set HYBLE_DATA_DIR.',
    { cause: error },
  );
}
