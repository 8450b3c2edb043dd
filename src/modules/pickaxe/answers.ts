import { z } from 'zod';

/** Only what is used is read. Numbers may come as texts, what is missing as null. */
const count = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
const id = z.union([z.string().min(1), z.number().transform(String)]);
const text = z.string().nullish();
const port = count.nullish().catch(undefined);

export const created = z.looseObject({ serverId: id, ip: text, port, ftpPort: port });
export type Created = z.infer<typeof created>;

export const gameServer = z.looseObject({
  serverId: id,
  externalId: text,
  name: text,
  game: text,
  status: z.string().catch('unknown'),
  ip: text,
  port,
  ftpPort: port,
  createdAt: text,
});
export type GameServer = z.infer<typeof gameServer>;

export const deleted = z.looseObject({ deleted: z.literal(true) });

const measured = z.looseObject({ used: count.nullish(), limit: count.nullish() }).nullish();

export const usage = z.looseObject({
  serverId: id.nullish(),
  externalId: text,
  disk: measured,
  network: measured,
  memory: measured,
  cpu: count.nullish(),
});
export type PickaxeUsage = z.infer<typeof usage>;

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.looseObject({ data: z.array(item), page: count, pages: count });

export const health = z.looseObject({ status: z.string(), version: text, nodeId: text, servers: count.nullish() });
export type Health = z.infer<typeof health>;

export const loginLink = z.looseObject({ url: z.url({ protocol: /^https?$/ }) });

export const failure = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string().catch(''), field: text, serverId: id.nullish() }),
});
