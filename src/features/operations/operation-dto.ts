import { z } from 'zod';
import type { Prisma } from '@/generated/prisma/client';
import type { EmailState, OperationKind, OperationState, ServiceStatus } from '@/generated/prisma/enums';
import { isRetryable } from './operation-states';
import { type OperationReason, readReason } from './reasons';
import { type CreateStep, stepOf } from './step';
import type { TimelineData } from './timeline';

export interface NamedRef {
  id: string;
  name: string;
}

/** The little that a service's row shows of its operation. */
export interface OperationBrief {
  id: string;
  kind: OperationKind;
  state: OperationState;
  reason: OperationReason | null;
  nextTryAt: string | null;
  attemptCount: number;
  step: CreateStep | null;
}

export interface OperationItem extends OperationBrief {
  createdAt: string;
  updatedAt: string;
  finishedAt: string | null;
  service: {
    id: string;
    domain: string | null;
    status: ServiceStatus;
    productName: string;
    customerName: string;
    moduleSlug: string;
  };
  /** Where it works: the chosen server, else the one of its last call. */
  server: NamedRef | null;
}

export interface OperationDetail extends OperationItem {
  requestedBy: { name: string };
  startedAt: string | null;
  events: { id: string; at: string; type: string; data: TimelineData }[];
  attempts: AttemptItem[];
  emails: EmailItem[];
  canRetry: boolean;
}

export interface AttemptItem {
  id: string;
  number: number;
  call: string;
  server: NamedRef;
  sentAt: string;
  endedAt: string | null;
  outcome: string | null;
  errorKind: string | null;
  words: string | null;
  /** Redacted before they were stored. */
  request: string | null;
  answer: string | null;
}

export interface EmailItem {
  id: string;
  template: string;
  to: string;
  state: EmailState;
  sentAt: string | null;
  lastError: string | null;
  /** It waits because no mail server is configured. */
  noServer: boolean;
}

const SERVER = { select: { id: true, name: true } } as const;

/** What an item is made of. `result` is sealed; only whether it is there is read. */
export const ITEM_PARTS = {
  service: {
    select: {
      id: true,
      domain: true,
      status: true,
      product: { select: { name: true, module: { select: { slug: true } } } },
      customer: { select: { name: true } },
      server: SERVER,
      placements: { where: { releasedAt: null }, select: { server: SERVER }, take: 1 },
    },
  },
  attempts: { orderBy: { number: 'desc' }, take: 1, select: { server: SERVER } },
  emails: { orderBy: { createdAt: 'desc' }, take: 1, select: { state: true } },
} as const satisfies Prisma.OperationInclude;
export type ItemRow = Prisma.OperationGetPayload<{ include: typeof ITEM_PARTS }>;

/** Bounded: nobody reads more, and a runaway operation must not make its own page unreadable. */
export const DETAIL_PARTS = {
  service: ITEM_PARTS.service,
  events: { orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 200 },
  attempts: { orderBy: { number: 'desc' }, take: 100, include: { server: SERVER } },
  emails: { orderBy: { createdAt: 'desc' }, take: 10 },
} as const satisfies Prisma.OperationInclude;
export type DetailRow = Prisma.OperationGetPayload<{ include: typeof DETAIL_PARTS }>;

export function toOperationItem(row: ItemRow | DetailRow): OperationItem {
  const { service } = row;
  const placed = service.placements[0]?.server ?? null;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    reason: readReason(row.reason),
    nextTryAt: iso(row.nextTryAt),
    attemptCount: row.attemptCount,
    step: stepOf({
      ...row,
      hasPlacement: placed !== null,
      hasResult: row.result !== null,
      mail: row.emails[0]?.state ?? null,
    }),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    finishedAt: iso(row.finishedAt),
    service: {
      id: service.id,
      domain: service.domain,
      status: service.status,
      productName: service.product.name,
      customerName: service.customer.name,
      moduleSlug: service.product.module.slug,
    },
    server: placed ?? service.server ?? row.attempts[0]?.server ?? null,
  };
}

export function toOperationBrief(row: ItemRow): OperationBrief {
  const { id, kind, state, reason, nextTryAt, attemptCount, step } = toOperationItem(row);
  return { id, kind, state, reason, nextTryAt, attemptCount, step };
}

interface Surroundings {
  isNewest: boolean;
  hasMailServer: boolean;
}

export function toOperationDetail(row: DetailRow, { isNewest, hasMailServer }: Surroundings): OperationDetail {
  return {
    ...toOperationItem(row),
    requestedBy: { name: requester.safeParse(row.requestedBy).data?.name ?? '' },
    startedAt: iso(row.startedAt),
    events: row.events.toReversed().map(({ id, at, type, data }) => ({
      id,
      at: at.toISOString(),
      type,
      data: timelineData.safeParse(data).data ?? {},
    })),
    attempts: row.attempts.toReversed().map(toAttempt),
    emails: row.emails.map(({ id, template, to, state, sentAt, lastError }) => ({
      id,
      template,
      to,
      state,
      sentAt: iso(sentAt),
      lastError,
      noServer: state === 'QUEUED' && !hasMailServer,
    })),
    canRetry: isRetryable(row.state) && isNewest,
  };
}

function toAttempt(attempt: DetailRow['attempts'][number]): AttemptItem {
  const { id, number, call, server, outcome, errorKind, words, request, answer } = attempt;
  const times = { sentAt: attempt.sentAt.toISOString(), endedAt: iso(attempt.endedAt) };
  return { id, number, call, server, ...times, outcome, errorKind, words, request, answer };
}

const requester = z.object({ name: z.string() });
const timelineData = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
