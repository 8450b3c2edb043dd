import { z } from 'zod';
import { OperationKind } from '@/generated/prisma/enums';
import { endedBy, operationReason } from '../operations/reasons';

const operation = {
  operationId: z.string(),
  serviceId: z.string(),
  work: z.enum(OperationKind),
  /** As staff know it: its domain, else product and customer. */
  service: z.string(),
  reason: operationReason,
};
const server = { serverId: z.string(), server: z.string() };
/** A product without a group stands for itself here. */
const group = { groupId: z.string(), group: z.string() };

/** What staff are told of by mail. Stored with the mail, so nothing secret: words of panels are redacted before. */
export const staffIncident = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('operation-failed'), ...operation }),
  z.object({ kind: z.literal('operation-unknown'), ...operation }),
  z.object({ kind: z.literal('server-held'), ...server, errorKind: z.string(), words: z.string(), endedBy }),
  z.object({ kind: z.literal('server-released'), ...server, why: z.string() }),
  z.object({ kind: z.literal('server-offline'), ...server, errorKind: z.string(), words: z.string() }),
  z.object({ kind: z.literal('server-online'), ...server }),
  z.object({ kind: z.literal('usage-doubtful'), ...server, problem: z.string(), words: z.string() }),
  z.object({ kind: z.literal('sso-foreign-host'), ...server, host: z.string() }),
  z.object({ kind: z.literal('sso-replay'), serviceId: z.string(), service: z.string(), count: z.number() }),
  z.object({ kind: z.literal('no-room'), ...group }),
  z.object({ kind: z.literal('capacity-low'), ...group, used: z.number(), capacity: z.number() }),
]);
export type StaffIncident = z.infer<typeof staffIncident>;
