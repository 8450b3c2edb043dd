import type { ServerModuleInterface } from './contract';

const METHODS = ['testConnection', 'create', 'suspend', 'unsuspend', 'terminate', 'changePassword'] as const;
const TEXTS = ['name', 'slug', 'version'] as const;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** zod 4 schemas carry `_zod`; zod 3 has `_def` alone and cannot be turned into a form. */
function refuseSchema(schema: unknown): string | null {
  if (isObject(schema) && '_zod' in schema) return null;
  if (isObject(schema) && '_def' in schema) return 'its configSchema is made with zod 3. Make it with zod 4.';
  return 'it has no configSchema. Export a zod 4 object schema of the connection settings.';
}

/**
 * A module as it was written, a class, an instance or a plain object, checked against the interface. Throws with the
 * first thing that is missing.
 */
export function asServerModule(written: unknown, origin: string): ServerModuleInterface {
  const candidate: unknown =
    typeof written === 'function' && 'prototype' in written ? Reflect.construct(written, []) : written;
  const fail = (why: string): never => {
    throw new TypeError(`${origin} is no server module: ${why}`);
  };
  if (!isObject(candidate)) return fail('its default export is neither an object nor a class.');
  for (const key of TEXTS) {
    if (typeof candidate[key] !== 'string' || candidate[key] === '') fail(`"${key}" is missing.`);
  }
  if (!/^[a-z][a-z0-9-]{0,49}$/.test(String(candidate.slug)))
    fail('its slug is not lower-case letters, digits and dashes.');
  for (const key of METHODS) if (typeof candidate[key] !== 'function') fail(`the method "${key}" is missing.`);
  const schema = refuseSchema(candidate.configSchema);
  if (schema) fail(schema);
  return candidate as unknown as ServerModuleInterface; // every member the interface demands was just looked at
}
