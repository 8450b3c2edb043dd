'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorPanel } from '@/components/error-panel';
import { useTRPC } from '@/trpc/client';
import { isFillType } from './fill-type-cards';
import { GroupForm } from './group-form';

export function GroupEdit({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.groups.get.queryOptions({ id }));
  if (query.isError && !query.data) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={420} radius="lg" />;
  const { name, fillType } = query.data;
  return <GroupForm group={{ id, name, fillType: isFillType(fillType) ? fillType : 'fill' }} />;
}
