'use client';

import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/trpc/client';

interface Answer {
  effect: 'started' | 'wished' | 'already';
}

/** The mutations behind the buttons of a service, with one way to say what came of them. */
export function useChanges(onDone: () => void) {
  const t = useTranslations('services.do');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const options = {
    onSuccess: ({ effect }: Answer) => {
      notifications.show({ message: t(`effect.${effect}`), color: 'teal' });
      onDone();
    },
    onSettled: () => void cache.invalidateQueries(),
  };
  return {
    suspend: useMutation(trpc.services.suspend.mutationOptions(options)),
    unsuspend: useMutation(trpc.services.unsuspend.mutationOptions(options)),
    terminate: useMutation(trpc.services.terminate.mutationOptions(options)),
    undoTerminate: useMutation(trpc.services.undoTerminate.mutationOptions(options)),
    password: useMutation(trpc.services.changePassword.mutationOptions(options)),
    package: useMutation(trpc.services.changePackage.mutationOptions(options)),
    action: useMutation(trpc.services.action.mutationOptions(options)),
  };
}
