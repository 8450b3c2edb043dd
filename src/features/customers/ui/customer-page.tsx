'use client';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMailForward, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/copy-button';
import { DangerButton } from '@/components/danger-button';
import { StaleNote } from '@/components/error-panel';
import { FactList } from '@/components/fact-list';
import { LinkButton } from '@/components/link-button';
import { Page } from '@/components/page';
import { PendingPage } from '@/components/pending-page';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { ServicesOf } from '@/features/services/ui/services-of';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { CustomerEmails } from './customer-emails';
import { languageOf } from './customers-list';

type Customer = RouterOutputs['customers']['get'];

export function CustomerPage({ id }: { id: string }) {
  const t = useTranslations('customers');
  const trpc = useTRPC();
  const query = useQuery(trpc.customers.get.queryOptions({ id }));
  const back = { href: '/customers', label: t('title') };
  const { data: customer } = query;
  if (!customer) return <PendingPage title={t('columns.customer')} back={back} query={query} />;
  return (
    <Page title={customer.name} lead={customer.email} back={back} actions={<Actions customer={customer} />}>
      {query.isError && <StaleNote updatedAt={query.dataUpdatedAt} />}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-5">
          <ServicesOf of={{ customerId: id }} none={t('noServices')} />
          <CustomerEmails customerId={id} />
        </div>
        <Facts customer={customer} />
      </div>
    </Page>
  );
}

function Actions({ customer }: { customer: Customer }) {
  const t = useTranslations('customers');
  const { isAdmin } = useMe();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const remove = useMutation(
    trpc.customers.remove.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: t('removed'), color: 'teal' });
        router.push('/customers');
        await cache.invalidateQueries({ queryKey: trpc.customers.list.pathKey() });
      },
    }),
  );
  return (
    <>
      <SendLink id={customer.id} />
      {isAdmin && (
        <>
          <DangerButton
            label={t('remove')}
            icon={<IconTrash size={17} aria-hidden />}
            title={t('removeQuestion', { name: customer.name })}
            text={t('removeText')}
            refused={t('notRemoved')}
            action={{ ...remove, mutate: () => remove.mutate({ id: customer.id }) }}
          />
          <LinkButton
            href={`/customers/${customer.id}/edit`}
            variant="default"
            leftSection={<IconPencil size={17} aria-hidden />}
          >
            {t('edit')}
          </LinkButton>
        </>
      )}
      <LinkButton href={`/services/new?customer=${customer.id}`} leftSection={<IconPlus size={17} aria-hidden />}>
        {t('newService')}
      </LinkButton>
    </>
  );
}

function SendLink({ id }: { id: string }) {
  const t = useTranslations('customers');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const send = useMutation(
    trpc.customers.sendSignInLink.mutationOptions({
      onSuccess: async ({ to }) => {
        notifications.show({ message: t('linkSent', { email: to }), color: 'teal' });
        await cache.invalidateQueries();
      },
      onError: (error) => notifications.show({ title: t('linkNotSent'), message: error.message, color: 'red' }),
    }),
  );
  return (
    <Button
      variant="default"
      leftSection={<IconMailForward size={17} aria-hidden />}
      loading={send.isPending}
      onClick={() => send.mutate({ id })}
    >
      {t('sendLink')}
    </Button>
  );
}

function Facts({ customer }: { customer: Customer }) {
  const t = useTranslations('customers');
  const locales = useTranslations('locales');
  const { email, language, externalRef, user, createdAt, id } = customer;
  return (
    <Section title={t('facts')}>
      <FactList
        facts={[
          { label: t('email'), value: email, aside: <CopyButton value={email} what={t('email')} /> },
          { label: t('columns.language'), value: locales(languageOf(language)) },
          externalRef
            ? {
                label: t('reference'),
                value: externalRef,
                aside: <CopyButton value={externalRef} what={t('reference')} />,
              }
            : null,
          {
            label: t('signsIn'),
            value: user ? (user.disabled ? t('signInDisabled', { email: user.email }) : user.email) : t('signsInNot'),
          },
          { label: t('columns.created'), value: <RelativeTime at={createdAt} /> },
          {
            label: t('id'),
            value: <span className="font-mono text-[13px]">{id}</span>,
            aside: <CopyButton value={id} what={t('id')} />,
          },
        ]}
      />
    </Section>
  );
}
