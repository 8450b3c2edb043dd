'use client';

import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLogin2 } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { LoginWithReason } from './login-with-reason';

/** "Log in as customer", with a reason. */
export function StaffLogin({ serviceId, name }: { serviceId: string; name: string }) {
  const t = useTranslations('login');
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconLogin2 size={16} aria-hidden />} onClick={open}>
        {t('asCustomer')}
      </Button>
      {asking && (
        <LoginWithReason
          path={`/sso/${serviceId}`}
          title={t('ask.title', { name })}
          text={t('ask.text')}
          onClose={close}
        />
      )}
    </>
  );
}

/** "Open panel" of a server, with a reason. */
export function ServerLogin({ serverId, name }: { serverId: string; name: string }) {
  const t = useTranslations('login');
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconLogin2 size={16} aria-hidden />} onClick={open}>
        {t('openPanel')}
      </Button>
      {asking && (
        <LoginWithReason
          path={`/sso/server/${serverId}`}
          title={t('ask.serverTitle', { name })}
          text={t('ask.serverText')}
          onClose={close}
        />
      )}
    </>
  );
}
