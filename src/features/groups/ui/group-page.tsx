'use client';

import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconPencil, IconRoute, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { DangerButton } from '@/components/danger-button';
import { StaleNote } from '@/components/error-panel';
import { LinkButton } from '@/components/link-button';
import { Page } from '@/components/page';
import { PendingPage } from '@/components/pending-page';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import { PreviewDrawer } from '@/features/placement/ui/preview-drawer';
import { GroupUsage } from '@/features/usage/ui/group-usage';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { isFillType } from './fill-type-cards';
import { FillTypePicture } from './fill-type-picture';
import { GroupCapacity } from './group-capacity';
import { GroupMembers } from './group-members';

type Group = RouterOutputs['groups']['get'];

export function GroupPage({ id }: { id: string }) {
  const t = useTranslations('groups');
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.groups.get.queryOptions({ id }),
    // Who waits for room goes on by itself; otherwise figures change when somebody orders or acts.
    refetchInterval: ({ state }) => ((state.data?.capacity.waiting ?? 0) > 0 ? 2000 : false),
  });
  const back = { href: '/groups', label: t('title') };
  const { data: group } = query;
  if (!group) return <PendingPage title={t('columns.group')} back={back} query={query} />;
  return (
    <Page title={group.name} back={back} actions={<Actions group={group} />}>
      {query.isError && <StaleNote updatedAt={query.dataUpdatedAt} />}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <GroupMembers group={group} />
        <div className="space-y-5">
          <GroupCapacity capacity={group.capacity} />
          <GroupUsage groupId={group.id} />
          <Rule fillType={group.fillType} />
          <Products products={group.products} count={group.productCount} />
        </div>
      </div>
    </Page>
  );
}

function Actions({ group }: { group: Group }) {
  const t = useTranslations('groups');
  const { isAdmin } = useMe();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      {isAdmin && group.servers === 0 && group.products.length === 0 && <RemoveButton group={group} />}
      {isAdmin && (
        <LinkButton
          href={`/groups/${group.id}/edit`}
          variant="default"
          leftSection={<IconPencil size={17} aria-hidden />}
        >
          {t('edit')}
        </LinkButton>
      )}
      <Button leftSection={<IconRoute size={17} aria-hidden />} onClick={open}>
        {t('preview.open')}
      </Button>
      <PreviewDrawer of={{ groupId: group.id }} products={group.products} opened={opened} onClose={close} />
    </>
  );
}

function RemoveButton({ group: { id, name } }: { group: Group }) {
  const t = useTranslations('groups');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const remove = useMutation(
    trpc.groups.remove.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: t('removed'), color: 'teal' });
        router.push('/groups');
        await cache.invalidateQueries({ queryKey: trpc.groups.list.pathKey() });
      },
    }),
  );
  return (
    <DangerButton
      label={t('remove')}
      icon={<IconTrash size={17} aria-hidden />}
      title={t('removeQuestion', { name })}
      text={t('removeText')}
      refused={t('notRemoved')}
      action={{ ...remove, mutate: () => remove.mutate({ id }) }}
    />
  );
}

function Rule({ fillType }: { fillType: string }) {
  const t = useTranslations('groups');
  if (!isFillType(fillType)) return null;
  return (
    <Section title={t('columns.rule')}>
      <div className="flex items-center gap-4">
        <FillTypePicture fillType={fillType} label={t(`rules.${fillType}.picture`)} />
        <div className="min-w-0 text-sm">
          <p className="font-medium">{t(`rules.${fillType}.name`)}</p>
          <p className="text-[13px] leading-5 text-ink-soft">{t(`rules.${fillType}.text`)}</p>
        </div>
      </div>
    </Section>
  );
}

function Products({ products, count }: { products: Group['products']; count: number }) {
  const t = useTranslations('groups');
  const placement = useTranslations('placement');
  return (
    <Section title={t('products')}>
      {products.length === 0 ? (
        <p className="text-sm text-ink-soft">{t('noProducts')}</p>
      ) : (
        <ul className="space-y-1.5 text-sm">
          {products.map(({ id, name, isActive }) => (
            <li key={id} className="flex items-center gap-2">
              <Link href={`/products/${id}`} className="min-w-0 truncate">
                {name}
              </Link>
              {!isActive && <Tag tone="grey" label={t('productOff')} />}
            </li>
          ))}
          {count > products.length && (
            <li className="text-ink-soft">{placement('more', { count: count - products.length })}</li>
          )}
        </ul>
      )}
    </Section>
  );
}
