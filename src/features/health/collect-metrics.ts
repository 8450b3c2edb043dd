import { Gauge, Registry } from 'prom-client';
import { db } from '@/lib/db';
import { heartbeatAge } from './check-health';
import { panelCallRegistry } from './panel-call-metrics';

interface Row {
  /** Values of the labels in their order. */
  labels: string[];
  value: number | null;
}

interface Measure {
  name: string;
  help: string;
  labels: string[];
  read(): Promise<Row[]>;
}

/** What the database knows; read when somebody asks, so that every process says the same. Nothing here grows with what has ended. */
const MEASURES: Measure[] = [
  {
    name: 'hyble_operations',
    help: 'Operations by kind and state; of finished ones those that were asked for in the last 24 hours.',
    labels: ['kind', 'state'],
    read: () => db.$queryRaw<
      Row[]
    >`SELECT ARRAY["kind"::text, "state"::text] AS "labels", count(*)::float8 AS "value" FROM "Operation"
      WHERE "state" IN ('QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN') OR "createdAt" > now() - interval '24 hours' GROUP BY 1`,
  },
  {
    name: 'hyble_operation_wait_seconds',
    help: 'How long the unfinished operation that waits longest has waited, by kind and state.',
    labels: ['kind', 'state'],
    read: () => db.$queryRaw<Row[]>`SELECT ARRAY["kind"::text, "state"::text] AS "labels",
        extract(epoch FROM now() - min("createdAt"))::float8 AS "value" FROM "Operation"
      WHERE "state" IN ('QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN') GROUP BY 1`,
  },
  {
    name: 'hyble_operation_seconds_median',
    help: 'From order to success, the median of the last hour, by kind.',
    labels: ['kind'],
    read: () => db.$queryRaw<Row[]>`SELECT ARRAY["kind"::text] AS "labels",
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM "finishedAt" - "createdAt"))::float8 AS "value"
      FROM "Operation" WHERE "createdAt" > now() - interval '24 hours' AND "state" = 'SUCCEEDED' AND "finishedAt" > now() - interval '1 hour' GROUP BY 1`,
  },
  {
    name: 'hyble_queue_age_seconds',
    help: 'Age of the oldest work that is due and not begun: operations and mails.',
    labels: ['queue'],
    read: () => db.$queryRaw<Row[]>`SELECT ARRAY['operations'] AS "labels",
        COALESCE(extract(epoch FROM now() - min("updatedAt")), 0)::float8 AS "value" FROM "Operation" WHERE "state" = 'QUEUED'
      UNION ALL SELECT ARRAY['mails'], COALESCE(extract(epoch FROM now() - min("createdAt")), 0)::float8
        FROM "EmailMessage" WHERE "state" = 'QUEUED'`,
  },
  {
    name: 'hyble_servers',
    help: 'Servers by state: active, offline, maintenance, held, disabled.',
    labels: ['state'],
    read: () => db.$queryRaw<
      Row[]
    >`SELECT ARRAY[CASE WHEN "isDisabled" THEN 'disabled' WHEN "heldAt" IS NOT NULL THEN 'held'
        ELSE lower("status"::text) END] AS "labels", count(*)::float8 AS "value"
      FROM "Server" WHERE "archivedAt" IS NULL GROUP BY 1`,
  },
  {
    name: 'hyble_usage_run_seconds',
    help: 'How long the last reading of all figures of a server took: the slowest and the median.',
    labels: ['which'],
    read: () => db.$queryRaw<
      Row[]
    >`SELECT ARRAY['slowest'] AS "labels", (max("durationMs") / 1000.0)::float8 AS "value" FROM "UsageRun"
      UNION ALL SELECT ARRAY['median'], percentile_cont(0.5) WITHIN GROUP (ORDER BY "durationMs" / 1000.0)::float8 FROM "UsageRun"`,
  },
  {
    name: 'hyble_usage_age_seconds',
    help: 'Age of the oldest figures that any server with usage has.',
    labels: [],
    read: () => db.$queryRaw<
      Row[]
    >`SELECT ARRAY[]::text[] AS "labels", extract(epoch FROM now() - min(u."asOf"))::float8 AS "value"
      FROM "UsageRun" u JOIN "Server" s ON s."id" = u."serverId" AND s."archivedAt" IS NULL AND NOT s."isDisabled"`,
  },
  {
    name: 'hyble_usage_stale_servers',
    help: 'Servers whose last reading of figures failed or could not be true, by problem.',
    labels: ['problem'],
    read: () => db.$queryRaw<Row[]>`SELECT ARRAY["problem"] AS "labels", count(*)::float8 AS "value"
      FROM "UsageRun" WHERE "problem" IS NOT NULL GROUP BY 1`,
  },
  {
    name: 'hyble_executor_heartbeat_age_seconds',
    help: "Age of the executor's last sign of life; over 180 it counts as silent.",
    labels: [],
    read: async () => [{ labels: [], value: await heartbeatAge() }],
  },
];

/** Everything in the text format of Prometheus. Names of states and modules only: no customer, no address. */
export async function collectMetrics(): Promise<{ type: string; text: string }> {
  const registry = new Registry();
  for (const { name, help, labels, read } of MEASURES) {
    const gauge = new Gauge({ name, help, labelNames: labels, registers: [registry] });
    gauge.reset();
    for (const row of await read()) {
      if (row.value === null) continue;
      gauge.set(Object.fromEntries(labels.map((label, index) => [label, row.labels[index] ?? ''])), row.value);
    }
  }
  const all = Registry.merge([registry, panelCallRegistry()]);
  return { type: all.contentType, text: await all.metrics() };
}
