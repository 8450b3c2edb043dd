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

// Lists of all accounts: what is not named is not copied.
export const diskUsage = z.looseObject({
  accounts: listOf(z.object({ user: name, blocks_used: maybe, blocks_limit: z.unknown().optional() })),
});
export type DiskUsage = z.infer<typeof diskUsage>['accounts'][number];

export const bandwidth = z.looseObject({
  acct: listOf(
    z.object({
      user: name,
      maindomain: text,
      totalbytes: maybe,
      limit: z.unknown().optional(),
      deleted: flag.nullish().catch(undefined),
    }),
  ),
});
export type Bandwidth = z.infer<typeof bandwidth>['acct'][number];

export const session = z.looseObject({ url: z.url({ protocol: /^https?$/ }) });
