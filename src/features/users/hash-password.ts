import { hash, verify } from '@node-rs/argon2';

// argon2id (the library's default), with the least that OWASP recommends: 19 MiB, 2 rounds.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

let decoy: Promise<string> | undefined;

/**
 * True when the password is the one of this hash. Without a hash (unknown or disabled user) it does the same work and
 * says no, so that the time tells nobody which addresses exist.
 */
export async function checkPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const other = await decoy;
  const fits = await verify(passwordHash ?? other, password);
  return fits && passwordHash !== null;
}
