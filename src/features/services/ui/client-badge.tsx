import { useTranslations } from 'next-intl';
import { StatusBadge, Tag } from '@/components/status-badge';
import type { RouterOutputs } from '@/trpc/types';

/** A failure is the company's to mend: its customer learns that somebody is on it. */
export function ClientBadge({
  status,
  stuck = false,
}: {
  status: RouterOutputs['my']['service']['status'];
  stuck?: boolean;
}) {
  const t = useTranslations('client.badge');
  if (stuck || status === 'FAILED') return <Tag tone="amber" label={t('stuck')} />;
  return <StatusBadge kind="service" status={status} label={t(status)} />;
}
