'use client';

import { Button } from '@mantine/core';
import { IconBolt, IconKey, IconPlayerPlay, IconPlayerStop, IconRotateClockwise } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { LoginButton } from '@/features/sso/ui/login-button';
import { useTRPC } from '@/trpc/client';
import { type Change, ConfirmChange } from './confirm-change';
import type { MyService } from './my-status';
import { shortId, useableName } from './service-name';

/** The one button to the panel first; then what the customer may do, each asked before it happens. */
export function MyActions({ service }: { service: MyService }) {
  const t = useTranslations('services.do');
  const trpc = useTRPC();
  const language = useLocale() === 'tr' ? 'tr' : 'en';
  const [change, setChange] = useState<Change | null>(null);
  const { data: offers } = useQuery(trpc.services.offers.queryOptions({ id: service.id, language }));
  if (!offers || service.status !== 'ACTIVE') return null;
  const name = useableName(service) ?? shortId(service.id);
  // One thing at a time: what is asked meanwhile would only be refused.
  const busy = service.work !== null && service.work.state !== 'FAILED';
  return (
    <>
      {offers.login && <LoginButton serviceId={service.id} of={name} />}
      {offers.actions.map(({ id, label, confirm }) => (
        <Button
          key={id}
          variant="default"
          disabled={busy}
          leftSection={<ActionIcon id={id} />}
          onClick={() => setChange({ kind: 'action', actionId: id, label, confirm })}
        >
          {label}
        </Button>
      ))}
      {offers.changePassword && (
        <Button
          variant="default"
          disabled={busy}
          leftSection={<IconKey size={16} aria-hidden />}
          onClick={() => setChange({ kind: 'password' })}
        >
          {t('password.label')}
        </Button>
      )}
      {offers.links.map(({ id, label }) => (
        <LoginButton key={id} serviceId={service.id} action={id} of={name} variant="default">
          {label}
        </LoginButton>
      ))}
      {change && (
        <ConfirmChange
          key={change.kind}
          change={change}
          serviceId={service.id}
          name={name}
          terminateAfterDays={null}
          onClose={() => setChange(null)}
        />
      )}
    </>
  );
}

const ICONS = { start: IconPlayerPlay, stop: IconPlayerStop, restart: IconRotateClockwise };

/** Of what most panels have; anything else gets the same sign. */
function ActionIcon({ id }: { id: string }) {
  const Icon = id === 'start' || id === 'stop' || id === 'restart' ? ICONS[id] : IconBolt;
  return <Icon size={16} aria-hidden />;
}
