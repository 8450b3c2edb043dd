// What this machine can do at all: a slot taken on a server that is already known, in one statement of the bare driver, with
// an empty reason. No order can be placed faster, so figures of placement are read against it.
import { Client } from 'pg';
import { env } from '@/env';
import { uuidv7 } from '@/lib/ids';
import type { BenchOrder } from './placement-world';

const TEXT = `WITH taken AS (
    UPDATE "Server" SET "accountCount" = "accountCount" + 1, "assignedSeq" = nextval('"Server_assigned_seq"'), "updatedAt" = now()
    WHERE "id" = $5 RETURNING "id"
  ), told AS (
    INSERT INTO "OperationEvent" ("id", "operationId", "type") SELECT $2, $4, 'server-chosen' FROM taken
  )
  INSERT INTO "Placement" ("id", "serviceId", "operationId", "serverId", "reason") SELECT $1, $3, $4, "id", '{}' FROM taken`;

const connections = new Map<number, Promise<Client>>();

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: env.DATABASE_URL });
  await client.connect();
  return client;
}

/** Takes a slot for the order on one server of all; true = written. */
export async function writeBare(order: BenchOrder, number: number, servers: number): Promise<boolean> {
  const connection = connections.get(number) ?? connect();
  connections.set(number, connection);
  const server = `s${String(Math.floor(Math.random() * servers)).padStart(6, '0')}`;
  const values = [uuidv7(), uuidv7(), order.serviceId, order.operationId, server];
  return (await (await connection).query({ name: 'bare', text: TEXT, values })).rowCount === 1;
}

export async function closeFloor(): Promise<void> {
  for (const connection of connections.values()) await (await connection).end();
}
