import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Scope } from '@/features/api-keys/permissions';
import type { SessionFacts } from '@/lib/auth';
import type { Actor, Ctx } from '@/lib/context';
import { badInput, DomainError } from '@/lib/errors';
import { formatError, toTrpcError } from './error-shape';

/** Who may call a procedure. The most specific words first; `staff` = ADMIN and SUPPORT. */
export type Access = 'anyone' | 'signed-in' | 'customer' | 'staff' | 'admin';
export interface ProcedureMeta {
  access?: Access;
  /** What an API key needs for it; without it the procedure is closed to every key. */
  scope?: Scope;
  /** Only for people who entered their password in the last ten minutes. Keys have none: their scopes are the limit. */
  stepUp?: true;
  /** Open to staff who still have to set two-factor sign-in up. */
  beforeTwoFactor?: true;
}

/** How long an entered password counts for what is dangerous. */
const PASSWORD_COUNTS_MS = 10 * 60_000;

/** What every procedure knows of its request. */
export interface RequestContext {
  /** null = signed out. */
  actor: Actor | null;
  /** Of a person who signed in; a program has none. */
  session: SessionFacts | null;
  address: string | null;
  requestId: string;
}

/**
 * No transformer on purpose: outside programs call these procedures with plain JSON, so inputs and answers hold texts,
 * numbers, booleans, lists and objects only. Dates are ISO 8601 texts, made by the queries.
 */
const t = initTRPC.context<RequestContext>().meta<ProcedureMeta>().create({ errorFormatter: formatError });

/** Paths of the procedures that declare no input, as each router they stand in knows them. */
const takesNothing = new Set<string>();

export const router: typeof t.router = (record) => {
  const made = t.router(record);
  // Flat at run time, `noun.verb` -> procedure, which its type does not say.
  const procedures = made._def.procedures as unknown as Record<string, { _def: { inputs: unknown[] } }>;
  for (const [path, { _def }] of Object.entries(procedures)) if (_def.inputs.length === 0) takesNothing.add(path);
  return made;
};
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
  if (access !== 'anyone') admit(ctx, path, { ...meta, access });
  return next();
});

function admit({ actor, session }: RequestContext, path: string, meta: ProcedureMeta & { access: Access }): void {
  if (actor?.type === 'key') {
    admitKey(actor.scopes, path, meta.scope);
    return;
  }
  if (actor?.type !== 'user') {
    throw new TRPCError({
      code: 'UNAUTHORIZED',
      message: 'You are not signed in, or your session has ended. Sign in and try again.',
    });
  }
  if (!hasRole(actor.role, meta.access)) {
    throw new TRPCError({
      code: 'FORBIDDEN',
      message: 'Your account may not do this. Nothing was changed. Ask an administrator if you need it.',
    });
  }
  if (session?.mustSetUpTwoFactor && !meta.beforeTwoFactor) {
    throw new DomainError(
      'TWO_FACTOR_NEEDED',
      'Staff of this panel have to sign in with a second factor. Nothing was changed. Set it up first.',
    );
  }
  if (meta.stepUp && !(session && Date.now() - session.passwordAt.getTime() <= PASSWORD_COUNTS_MS)) {
    throw new DomainError(
      'PASSWORD_NEEDED',
      'For this you have to enter your password again, as ten minutes have passed. Nothing was changed.',
    );
  }
}

function hasRole(role: 'ADMIN' | 'SUPPORT' | 'CUSTOMER', access: Access): boolean {
  return (
    access === 'signed-in' ||
    (access === 'customer' && role === 'CUSTOMER') ||
    (access === 'staff' && role !== 'CUSTOMER') ||
    (access === 'admin' && role === 'ADMIN')
  );
}

function admitKey(scopes: readonly string[], path: string, scope: Scope | undefined): void {
  if (scope !== undefined && scopes.includes(scope)) return;
  throw new TRPCError({
    code: 'FORBIDDEN',
    message:
      scope === undefined
        ? `No API key may call ${path}: it is for people who sign in. Nothing was done.`
        : `This API key may not call ${path}: it lacks the scope ${scope}. Nothing was done. Make a key that has it.`,
  });
}

/** Half a character, or one that PostgreSQL keeps in no text. */
const NO_TEXT = /[\0\p{Surrogate}]/u;

/** A generic definition is the deepest honest input. */
const MAX_DEPTH = 40;

/** No schema says so of each of its texts, and the database would only say so when half of the work is done. */
const refuseBrokenText = t.middleware(async ({ getRawInput, next }) => {
  // What is no JSON at all is refused where it is read; a procedure without input reads nothing.
  const input = await getRawInput().catch(() => undefined);
  const left: [path: (string | number)[], value: unknown][] = [[[], input]];
  for (let one = left.pop(); one; one = left.pop()) {
    const [path, value] = one;
    if (typeof value === 'string' && NO_TEXT.test(value))
      throw badInput(path, 'This text holds a character that cannot be stored. Type it again.');
    if (typeof value !== 'object' || value === null) continue;
    if (path.length > MAX_DEPTH) throw badInput(path.slice(0, 3), 'This is nested too deeply. Nothing of ours is.');
    for (const [name, field] of Object.entries(value)) left.push([[...path, name], field]);
  }
  return next();
});

const NOTHING = z.strictObject({}).optional();

/** A misspelt filter must not be answered as if it had been none, also where there are no filters at all. */
const refuseUnasked = t.middleware(async ({ getRawInput, path, next }) => {
  if (takesNothing.has(path)) {
    const { error } = NOTHING.safeParse(await getRawInput());
    // As tRPC does with an input that was declared.
    if (error) throw new TRPCError({ code: 'BAD_REQUEST', cause: error });
  }
  return next();
});

/** Where every procedure begins; alone it is closed. */
export const baseProcedure = t.procedure.use(translateErrors).use(gate).use(refuseBrokenText).use(refuseUnasked);

/** Behind the gate there is an actor: this only tells the compiler. */
const withActor = t.middleware(({ ctx, next }) => {
  if (!ctx.actor) throw new TRPCError({ code: 'UNAUTHORIZED' });
  const known: Ctx = {
    actor: ctx.actor,
    address: ctx.address,
    requestId: ctx.requestId,
    sessionId: ctx.session?.id,
  };
  return next({ ctx: known });
});

export const publicProcedure = baseProcedure.meta({ access: 'anyone' });
export const signedInProcedure = baseProcedure.meta({ access: 'signed-in' }).use(withActor);
export const customerProcedure = baseProcedure.meta({ access: 'customer' }).use(withActor);
export const staffProcedure = baseProcedure.meta({ access: 'staff' }).use(withActor);
export const adminProcedure = baseProcedure.meta({ access: 'admin' }).use(withActor);
