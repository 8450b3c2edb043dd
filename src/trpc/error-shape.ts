import { type TRPC_ERROR_CODE_KEY, type TRPCDefaultErrorShape, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { type DomainCode, DomainError, type FieldIssue } from '@/lib/errors';

const TRPC_CODE: Record<DomainCode, TRPC_ERROR_CODE_KEY> = {
  BAD_INPUT: 'BAD_REQUEST',
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
  CONFLICT: 'CONFLICT',
  INVALID_STATE: 'CONFLICT',
  NO_ROOM: 'CONFLICT',
  TOO_MANY_REQUESTS: 'TOO_MANY_REQUESTS',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
  PASSWORD_NEEDED: 'FORBIDDEN',
  TWO_FACTOR_NEEDED: 'FORBIDDEN',
};

/** A refusal of ours becomes the matching HTTP status; whatever else escaped stays an unexpected error. */
export function toTrpcError(error: TRPCError): TRPCError {
  const { cause } = error;
  if (!(cause instanceof DomainError)) return error;
  return new TRPCError({ code: TRPC_CODE[cause.code], message: cause.message, cause });
}

export interface ErrorData {
  code: TRPC_ERROR_CODE_KEY;
  httpStatus: number;
  path?: string;
  /** Our own word for it, where there is one: CONFLICT and INVALID_STATE are both 409. */
  reason: DomainCode | null;
  /** What is wrong with which field of the input. */
  issues: FieldIssue[];
  requestId: string | null;
}

interface FormatterInput {
  error: TRPCError;
  shape: TRPCDefaultErrorShape;
  ctx?: { requestId: string } | undefined;
}

/** What a caller gets to see of an error: never a stack, and of an unexpected one nothing but its number. */
export function formatError({
  error,
  shape,
  ctx,
}: FormatterInput): Omit<TRPCDefaultErrorShape, 'data'> & { data: ErrorData } {
  const requestId = ctx?.requestId ?? null;
  const { cause } = error;
  const issues = issuesOf(error);
  const { httpStatus, path } = shape.data;
  return {
    code: shape.code,
    message: messageOf(error, issues, requestId),
    data: {
      code: error.code,
      httpStatus,
      ...(path === undefined ? {} : { path }),
      reason: cause instanceof DomainError ? cause.code : null,
      issues,
      requestId,
    },
  };
}

function messageOf(error: TRPCError, issues: FieldIssue[], requestId: string | null): string {
  if (error.code === 'INTERNAL_SERVER_ERROR') {
    const number = requestId ? ` The log has more under the number ${requestId}.` : '';
    return `Something went wrong on our side, and what you asked for may not have been done. Look before you try again.${number}`;
  }
  if (error.cause instanceof ZodError) {
    const words = issues
      .slice(0, 3)
      .map(({ path, message }) => (path.length ? `${path.join('.')}: ${message}` : message));
    return `This cannot be accepted, and nothing was changed. ${words.join(' ')}`;
  }
  return error.message;
}

function issuesOf({ code, cause }: TRPCError): FieldIssue[] {
  if (cause instanceof DomainError) return cause.issues;
  // Only a refused input: a stored value that no longer fits its schema is our fault, not the caller's.
  if (!(cause instanceof ZodError) || code !== 'BAD_REQUEST') return [];
  return cause.issues.flatMap((issue): FieldIssue[] => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({ path: [...path, key], message: 'There is no such field. Remove it.' }));
  });
}
