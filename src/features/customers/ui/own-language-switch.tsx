'use client';

import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { LanguageSwitch } from '@/components/preferences';
import { useTRPC } from '@/trpc/client';

/** A customer's choice counts for the pages and for the mails, wherever it is made. */
export function OwnLanguageSwitch() {
  const t = useTranslations('ownAccount');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const save = useMutation(
    trpc.customers.setOwnLanguage.mutationOptions({
      onSuccess: () => cache.invalidateQueries({ queryKey: trpc.customers.mine.pathKey() }),
      onError: (error) => notifications.show({ title: t('notSaved'), message: error.message, color: 'red' }),
    }),
  );
  return <LanguageSwitch onChoose={(language) => save.mutate({ language })} />;
}
