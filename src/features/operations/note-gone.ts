import { holdServer } from '@/features/servers/hold-server';
import { addEvent } from './add-event';
import { inTurn, type StepEnd } from './claim-operation';
import type { ChangeWork } from './load-change';
import { parkOperation } from './park-operation';

const IN_A_ROW = 3;
const LOOK_AGAIN_SECONDS = 60;
const WORDS =
  'This does not look like the panel we knew: the accounts of three services in a row were not there. Check its address and whether it was set up anew or restored. If they are really gone, release the server: the work goes on.';

/**
 * An account that was made on this server is not there, and not because of us. One may have been removed by hand; several in
 * a row, with none of ours seen in between, mean that another machine answers: the server is held until staff release it.
 * null = it may be believed.
 */
export async function noteGone({ run, open, operation, record }: ChangeWork): Promise<StepEnd | null> {
  const server = { id: open.record.id, name: open.record.name };
  return inTurn(run, async (tx) => {
    await addEvent(tx, operation.id, 'gone-before', { server: server.name });
    const [others] = await tx.$queryRaw<{ gone: number }[]>`
      WITH seen AS (
        SELECT v."id" AS "serviceId", e."type", e."at"
        FROM "Service" v JOIN "Operation" o ON o."serviceId" = v."id" JOIN "OperationEvent" e ON e."operationId" = o."id"
        WHERE v."serverId" = ${server.id} AND e."type" IN ('gone-before', 'ownership-proven', 'activated', 'read-back')
      ), known AS (
        SELECT GREATEST(
          (SELECT max("at") FROM seen WHERE "type" <> 'gone-before'),
          (SELECT max(a."at") FROM "AuditEntry" a WHERE a."action" = 'server.release' AND a."targetId" = ${server.id})) AS "at"
      )
      SELECT count(DISTINCT "serviceId")::int AS "gone" FROM seen
      WHERE "type" = 'gone-before' AND "serviceId" <> ${record.id} AND "at" > COALESCE((SELECT "at" FROM known), '-infinity')`;
    if ((others?.gone ?? 0) < IN_A_ROW - 1) return null;
    await holdServer(tx, server.id, 'not-found', WORDS, 'staff');
    return parkOperation(tx, run, { code: 'server-held', server, words: WORDS, endedBy: 'staff' }, LOOK_AGAIN_SECONDS);
  });
}
