'use client';

import { Button, Menu } from '@mantine/core';
import {
  IconAdjustments,
  IconBolt,
  IconChevronDown,
  IconKey,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { StaffLogin } from '@/features/sso/ui/staff-login';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { ChangePackageModal } from './change-package-modal';
import { type Change, ConfirmChange } from './confirm-change';
import { useableName } from './service-name';

export type Service = RouterOutputs['services']['get'];
type Offers = RouterOutputs['services']['offers'];

/** What may be done with this service now: the likely one as a button, the rest in a menu, each asked before it happens. */
export function ServiceActions({ service }: { service: Service }) {
  const t = useTranslations('services.do');
  const trpc = useTRPC();
  const language = useLocale() === 'tr' ? 'tr' : 'en';
  const [change, setChange] = useState<Change | null>(null);
  const [repackaging, setRepackaging] = useState(false);
  const { data: offers, refetch } = useQuery(trpc.services.offers.queryOptions({ id: service.id, language }));
  // What begins or ends changes what may be asked.
  const moment = `${service.status}:${service.operation?.id ?? ''}:${service.operation?.state ?? ''}`;
  const asked = useRef(moment);
  useEffect(() => {
    if (asked.current === moment) return;
    asked.current = moment;
    void refetch();
  }, [moment, refetch]);
  if (!offers) return null;
  const name = useableName(service) ?? service.id;
  return (
    <>
      {offers.login && <StaffLogin serviceId={service.id} name={name} />}
      {offers.suspend && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          onClick={() => setChange({ kind: 'suspend' })}
        >
          {t('suspend.label')}
        </Button>
      )}
      {offers.unsuspend && (
        <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => setChange({ kind: 'unsuspend' })}>
          {t('unsuspend.label')}
        </Button>
      )}
      <MoreMenu offers={offers} onChoose={setChange} onRepackage={() => setRepackaging(true)} />
      {change && (
        <ConfirmChange
          key={change.kind}
          change={change}
          serviceId={service.id}
          name={name}
          terminateAfterDays={offers.terminateAfterDays}
          onClose={() => setChange(null)}
        />
      )}
      {repackaging && <ChangePackageModal service={service} onClose={() => setRepackaging(false)} />}
    </>
  );
}

interface MoreMenuProps {
  offers: Offers;
  onChoose: (change: Change) => void;
  onRepackage: () => void;
}

function MoreMenu({ offers, onChoose, onRepackage }: MoreMenuProps) {
  const t = useTranslations('services.do');
  const { actions, changePackage, changePassword, terminate } = offers;
  if (actions.length === 0 && !changePackage && !changePassword && !terminate) return null;
  return (
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
          {t('more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map(({ id, label, confirm }) => (
          <Menu.Item
            key={id}
            leftSection={<IconBolt size={16} aria-hidden />}
            onClick={() => onChoose({ kind: 'action', actionId: id, label, confirm })}
          >
            {label}
          </Menu.Item>
        ))}
        {actions.length > 0 && <Menu.Divider />}
        {changePackage && (
          <Menu.Item leftSection={<IconAdjustments size={16} aria-hidden />} onClick={onRepackage}>
            {t('package.label')}
          </Menu.Item>
        )}
        {changePassword && (
          <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={() => onChoose({ kind: 'password' })}>
            {t('password.label')}
          </Menu.Item>
        )}
        {terminate && (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => onChoose({ kind: 'terminate' })}
          >
            {t('terminate.label')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
