import type { Tx } from '@/lib/db';
import type { TimelineData, TimelineType } from './timeline';

/** Writes one line of an operation's timeline. */
export async function addEvent(
  tx: Tx,
  operationId: string,
  type: TimelineType,
  data: TimelineData = {},
): Promise<void> {
  await tx.operationEvent.create({ data: { operationId, type, data } });
}
