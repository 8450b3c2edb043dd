'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTRPC } from '@/trpc/client';
import type { OperationFilter } from './read-operation-filters';

interface Work {
  state: 'asking' | 'running' | 'done' | 'stopped';
  retried: number;
  left: { why: string; count: number }[];
  error: string | null;
}
const NOTHING: Work = { state: 'asking', retried: 0, left: [], error: null };

/** Goes through everything that fits a filter, batch by batch, until the end or until somebody says stop. */
export function useRetryMatching(filter: OperationFilter) {
  const trpc = useTRPC();
  const cache = useQueryClient();
  const [work, setWork] = useState(NOTHING);
  const going = useRef(false);
  const retry = useMutation(trpc.operations.retryAll.mutationOptions());
  const start = async () => {
    if (going.current) return;
    going.current = true;
    let done: Work = { ...NOTHING, state: 'running' };
    setWork(done);
    for (let cursor: string | undefined; ; ) {
      try {
        const batch = await retry.mutateAsync({ ...filter, cursor });
        done = { ...done, retried: done.retried + batch.retried, left: added(done.left, batch.left) };
        if (batch.nextCursor === null || !going.current) {
          done = { ...done, state: batch.nextCursor === null ? 'done' : 'stopped' };
          break;
        }
        cursor = batch.nextCursor;
        setWork(done);
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        // Nothing begun yet: the question is open still. Otherwise what was done is told beside what went wrong.
        done = { ...done, error: words, state: done.retried === 0 ? 'asking' : 'stopped' };
        break;
      }
    }
    going.current = false;
    setWork(done);
    await cache.invalidateQueries();
  };
  const stop = () => {
    going.current = false;
  };
  const reset = () => {
    if (!going.current) setWork(NOTHING);
  };
  return { ...work, start, stop, reset };
}

function added(before: Work['left'], more: Work['left']): Work['left'] {
  const counts = new Map(before.map(({ why, count }) => [why, count]));
  for (const { why, count } of more) counts.set(why, (counts.get(why) ?? 0) + count);
  return [...counts].map(([why, count]) => ({ why, count }));
}
