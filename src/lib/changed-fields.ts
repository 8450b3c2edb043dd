import type { Prisma } from '@/generated/prisma/client';
import { canonicalJson } from './canonical-json';

type Fields = Record<string, unknown>;

/** Of a change, only the fields that differ: what an audit entry tells as before and after. */
export function changedFields(
  stored: Fields,
  given: Fields,
): { before: Prisma.InputJsonObject; after: Prisma.InputJsonObject; names: string[] } {
  const names = Object.keys(given).filter(
    (name) => given[name] !== undefined && canonicalJson(stored[name] ?? null) !== canonicalJson(given[name]),
  );
  const pick = (from: Fields) =>
    // Through JSON: dates and undefined have no place in a JSON column.
    JSON.parse(
      JSON.stringify(Object.fromEntries(names.map((name) => [name, from[name] ?? null]))),
    ) as Prisma.InputJsonObject;
  return { before: pick(stored), after: pick(given), names };
}
