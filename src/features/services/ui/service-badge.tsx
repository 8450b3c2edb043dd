'use client';

import { useTranslations } from 'next-intl';
import { StatusBadge, Tag } from '@/components/status-badge';
import { OperationBadge } from '@/features/operations/ui/operation-badge';
import type { OperationSummary } from '@/features/operations/ui/operation-view';

interface ServiceBadgeProps {
  status: 'PENDING' | 'ACTIVE' | 'SUSPENDED' | 'TERMINATED' | 'FAILED' | 'CANCELLED';
  operation: Pick<OperationSummary, 'state' | 'step' | 'kind'> | null;
}

/** How a service stands. While it is being set up, its operation says more than the status does. */
export function ServiceBadge({ status, operation }: ServiceBadgeProps) {
  const t = useTranslations();
  if (status !== 'PENDING' || operation === null) return <StatusBadge kind="service" status={status} />;
  if (operation.state === 'QUEUED') return <Tag tone="blue" working label={t('status.service.PENDING')} />;
  return <OperationBadge operation={operation} />;
}
