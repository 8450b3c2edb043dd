'use client';

import { IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { DangerButton } from '@/components/danger-button';
import { useTRPC } from '@/trpc/client';

/** Ends work that waits; a create that was sent is looked for first, and refused with what was found. */
export function CancelOperationButton({ operationId }: { operationId: string }) {
  const t = useTranslations('operations.cancel');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const cancel = useMutation(
    trpc.operations.cancel.mutationOptions({ onSuccess: () => void cache.invalidateQueries() }),
  );
  return (
    <DangerButton
      size="xs"
      label={t('label')}
      icon={<IconX size={15} aria-hidden />}
      title={t('title')}
      text={t('text')}
      refused={t('refused')}
      action={{ ...cancel, mutate: () => cancel.mutate({ id: operationId }) }}
    />
  );
}
