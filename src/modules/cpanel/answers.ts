import { z } from 'zod';

/** Only what is used is read. Numbers come as texts and lists as null, depending on function and version. */
const number = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
/** 1, "1" and true are yes. */
const flag = z.union([z.boolean(), number.transform((value) => value === 1)]);
const text = z.string().nullish().catch(undefined);
const maybe = number.nullish().catch(undefined);
const listOf = <Item extends z.ZodType>(item: Item) => z.union([z.array(item), z.null().transform(() => [])]);
const name = z.union([z.string().min(1), z.number().transform(String)]);

export const account = z.object({
  user: name,
  domain: text,
  owner: text,
  plan: text,
  ip: text,
  suspended: flag.nullish().catch(undefined),
  unix_startdate: maybe,
  diskused: text,
  disklimit: z.union([z.string(), number]).nullish().catch(undefined),
});
export type CpanelAccount = z.infer<typeof account>;
export const accounts = z.looseObject({ acct: listOf(account) });

export const domainOwner = z.looseObject({ user: name.or(z.literal('')).nullish() });

interface CreatedFacts {
  ip?: string | null;
  package?: string | null;
  nameserver?: string | null;
  nameserver2?: string | null;
  nameserver3?: string | null;
  nameserver4?: string | null;
}

/** Where the server put the new account; the user name is not among it. */
export const created = z
  .looseObject({
    ip: text,
    package: text,
    nameserver: text,
    nameserver2: text,
    nameserver3: text,
    nameserver4: text,
  })
  .nullish()
  .transform((data): CreatedFacts => data ?? {});
export type Created = z.infer<typeof created>;

export const nothing = z.unknown();
export const version = z.looseObject({ version: z.string().min(1) });
export const hostname = z.looseObject({ hostname: z.string().min(1) });
export const load = z.looseObject({ one: number });
export const users = z.looseObject({ users: number });

export const nameservers = z.looseObject({ nameservers: listOf(z.string()) });

/** Granted is 1 or "1"; not granted is 0, "", or absent. */
export const privileges = z.looseObject({
  privileges: listOf(z.record(z.string(), z.unknown())).transform((list) => list[0] ?? {}),
});

export const packages = z.looseObject({
  pkg: listOf(
    z.looseObject({
      name,
      QUOTA: z.union([z.string(), number]).nullish(),
      BWLIMIT: z.union([z.string(), number]).nullish(),
    }),
  ),
});
export type CpanelPackage = z.infer<typeof packages>['pkg'][number];

/**
 * A list of all accounts, its rows read by hand: a schema copies each of a hundred thousand rows an hour several times.
 * A row of which `read` makes null is none, and the list no list.
 */
const rowsOf = <Row>(read: (row: Fields) => Row | null) =>
  z.unknown().transform((list, ctx): Row[] => {
    const rows = list === null ? [] : Array.isArray(list) ? readRows(list, read) : null;
    if (rows) return rows;
    ctx.addIssue('This is no list of such rows.');
    return z.NEVER;
  });

type Fields = Readonly<Record<string, unknown>>;

function readRows<Row>(list: readonly unknown[], read: (row: Fields) => Row | null): Row[] | null {
  const rows: Row[] = [];
  for (const row of list) {
    const said = typeof row === 'object' && row !== null ? read(row as Fields) : null; // any object may have any field
    if (said === null) return null;
    rows.push(said);
  }
  return rows;
}

/** As `name` reads it; null = none. */
function nameIn(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** As `maybe` reads it. */
function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : undefined;
}

export interface DiskUsage {
  user: string;
  blocks_used: number | undefined;
  blocks_limit: unknown;
}
export const diskUsage = z.looseObject({
  accounts: rowsOf(({ user, blocks_used, blocks_limit }): DiskUsage | null => {
    const named = nameIn(user);
    return named === null ? null : { user: named, blocks_used: numberIn(blocks_used), blocks_limit };
  }),
});

export interface Bandwidth {
  user: string;
  maindomain: string | undefined;
  totalbytes: number | undefined;
  limit: unknown;
  deleted: boolean;
}
export const bandwidth = z.looseObject({
  acct: rowsOf(({ user, maindomain, totalbytes, limit, deleted }): Bandwidth | null => {
    const named = nameIn(user);
    if (named === null) return null;
    return {
      user: named,
      maindomain: typeof maindomain === 'string' ? maindomain : undefined,
      totalbytes: numberIn(totalbytes),
      limit,
      deleted: deleted === true || numberIn(deleted) === 1,
    };
  }),
});

export const session = z.looseObject({ url: z.url({ protocol: /^https?$/ }) });
