import { initTRPC, TRPCError } from '@trpc/server';
import type { Actor, Ctx } from '@/lib/context';
import { formatError, toTrpcError } from './error-shape';

/** Who may call a procedure. The most specific words first; `staff` = ADMIN and SUPPORT. */
export type Access = 'anyone' | 'signed-in' | 'customer' | 'staff' | 'admin';
export interface ProcedureMeta {
  access?: Access;
}

/** What every procedure knows of its request. */
export interface RequestContext {
  /** null = signed out. */
  actor: Actor | null;
  address: string | null;
  requestId: string;
}

/**
 * No transformer on purpose: outside programs call these procedures with plain JSON, so inputs and answers hold texts,
 * numbers, booleans, lists and objects only. Dates are ISO 8601 texts, made by the queries.
 */
const t = initTRPC.context<RequestContext>().meta<ProcedureMeta>().create({ errorFormatter: formatError });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const translateErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  throw toTrpcError(result.error);
});

/** The gate in front of every procedure: one that does not say who may call it is closed to everybody. */
const gate = t.middleware(({ ctx, meta, path, next }) => {
  const access = meta?.access;
  if (access === undefined)
    throw new TRPCError({ code: 'FORBIDDEN', message: `Nobody may call ${path}: it does not say who may.` });
  if (access !== 'anyone') admit(ctx.actor, access);
  return next();
});

function admit(actor: Actor | null, access: Exclude<Access, 'anyone'>): void {
  if (actor?.type !== 'user') {
    throw new TRPCError({
      code: 'UNAUTHORIZED',
      message: 'You are not signed in, or your session has ended. Sign in and try again.',
    });
  }
  const { role } = actor;
  const admitted =
    access === 'signed-in' ||
    (access === 'customer' && role === 'CUSTOMER') ||
    (access === 'staff' && role !== 'CUSTOMER') ||
    (access === 'admin' && role === 'ADMIN');
  if (!admitted) {
    throw new TRPCError({
      code: 'FORBIDDEN',
      message: 'Your account may not do this. Nothing was changed. Ask an administrator if you need it.',
    });
  }
}

/** Where every procedure begins; alone it is closed. */
export const baseProcedure = t.procedure.use(translateErrors).use(gate);

/** Behind the gate there is an actor: this only tells the compiler. */
const withActor = t.middleware(({ ctx, next }) => {
  if (!ctx.actor) throw new TRPCError({ code: 'UNAUTHORIZED' });
  const known: Ctx = { actor: ctx.actor, address: ctx.address, requestId: ctx.requestId };
  return next({ ctx: known });
});

export const publicProcedure = baseProcedure.meta({ access: 'anyone' });
export const signedInProcedure = baseProcedure.meta({ access: 'signed-in' }).use(withActor);
export const customerProcedure = baseProcedure.meta({ access: 'customer' }).use(withActor);
export const staffProcedure = baseProcedure.meta({ access: 'staff' }).use(withActor);
export const adminProcedure = baseProcedure.meta({ access: 'admin' }).use(withActor);
