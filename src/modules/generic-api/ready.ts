import { type Definition, definitionSchema } from './definition';

/** Definitions that come with the program, one lazy line each. Each was tried against the real program. */
const READY: Record<string, () => Promise<{ default: unknown }>> = {
  influxdb: () => import('./definitions/influxdb.json'),
  powerdns: () => import('./definitions/powerdns.json'),
  rabbitmq: () => import('./definitions/rabbitmq.json'),
};

export async function listReady(): Promise<Definition[]> {
  return Promise.all(Object.values(READY).map(async (load) => definitionSchema.parse((await load()).default)));
}
