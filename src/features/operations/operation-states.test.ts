import { describe, expect, it } from 'vitest';
import { mayServiceBecome } from '@/features/services/service-states';
import { OperationState, ServiceStatus } from '@/generated/prisma/enums';
import { isRetryable, isUnfinished, mayBecome } from './operation-states';

const pairs = <T extends string>(values: readonly T[], may: (a: T, b: T) => boolean) =>
  values.flatMap((from) => values.filter((to) => may(from, to)).map((to) => `${from} -> ${to}`)).sort();

describe('states of an operation', () => {
  it('follow each other only as the table says', () => {
    expect(pairs(Object.values(OperationState), mayBecome)).toEqual(
      [
        'CANCELLED -> UNKNOWN',
        'FAILED -> CANCELLED',
        'FAILED -> QUEUED',
        'QUEUED -> CANCELLED',
        'QUEUED -> FAILED',
        'QUEUED -> RUNNING',
        'RUNNING -> FAILED',
        'RUNNING -> QUEUED',
        'RUNNING -> SUCCEEDED',
        'RUNNING -> UNKNOWN',
        'RUNNING -> WAITING',
        'UNKNOWN -> CANCELLED',
        'UNKNOWN -> QUEUED',
        'UNKNOWN -> SUCCEEDED',
        'WAITING -> CANCELLED',
        'WAITING -> FAILED',
        'WAITING -> QUEUED',
      ].sort(),
    );
  });

  it('are unfinished or retryable as staff expect', () => {
    const states = Object.values(OperationState);
    expect(states.filter(isUnfinished)).toEqual(['QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN']);
    expect(states.filter(isRetryable)).toEqual(['WAITING', 'UNKNOWN', 'FAILED']);
  });
});

describe('status of a service', () => {
  it('moves only as the table says', () => {
    expect(pairs(Object.values(ServiceStatus), mayServiceBecome)).toEqual(
      [
        'ACTIVE -> SUSPENDED',
        'ACTIVE -> TERMINATED',
        'CANCELLED -> PENDING',
        'FAILED -> CANCELLED',
        'FAILED -> PENDING',
        'PENDING -> ACTIVE',
        'PENDING -> CANCELLED',
        'PENDING -> FAILED',
        'SUSPENDED -> ACTIVE',
        'SUSPENDED -> TERMINATED',
      ].sort(),
    );
  });
});
