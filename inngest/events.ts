import { eventType } from 'inngest';
import { z } from 'zod';

/** Every event of ours. Ids only: what an event says may be read by whoever reads the executor's database. */
const work = z.object({ operationId: z.string(), dispatch: z.number().int() });

/** A new account is wanted. Event id `<operationId>:<dispatch>`. */
export const createRequested = eventType('operation/create.requested', { schema: work });

/** Work on an existing account is wanted. Event id `<operationId>:<dispatch>`. */
export const runRequested = eventType('operation/run.requested', { schema: work });

/** A kept mail may be sent now. Event id `<emailId>:<attempts>:<due time>`. */
export const emailRequested = eventType('email/send.requested', { schema: z.object({ emailId: z.string() }) });

/** The figures of a server are due. Event id `usage:<serverId>:<turn>`. */
export const usageRequested = eventType('usage/server.requested', { schema: z.object({ serverId: z.string() }) });

/** The check of a server is due. Event id `check:<serverId>:<turn>`. */
export const checkRequested = eventType('server/check.requested', { schema: z.object({ serverId: z.string() }) });
