'use client';

import { Button, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { DangerButton } from '@/components/danger-button';
import { ErrorPanel } from '@/components/error-panel';
import { Fold } from '@/components/fold';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { useDuration } from '@/components/time-span';
import { Verbatim } from '@/components/verbatim';
import { useMe } from '@/features/users/ui/use-me';
import { bytesText } from '@/i18n/bytes';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

type Usage = RouterOutputs['usage']['ofServer'];
type Run = NonNullable<Usage['run']>;

/** What the services of a server use together, and how the last reading of them went. */
export function ServerUsage({ serverId }: { serverId: string }) {
  const t = useTranslations('usage');
  const { isAdmin } = useMe();
  const trpc = useTRPC();
  const query = useQuery(trpc.usage.ofServer.queryOptions({ id: serverId }));
  if (query.isError && !query.data) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={130} radius="lg" />;
  const { run, services, measurable } = query.data;
  if (!measurable) return null;
  return (
    <Section title={t('ofServices')} aside={isAdmin && <ReadNow serverId={serverId} />}>
      {services > 0 ? <Totals usage={query.data} /> : <p className="text-sm text-ink-soft">{t('noneOfServer')}</p>}
      {run && <LastRun run={run} />}
      {run?.problem && <Problem serverId={serverId} run={run} />}
    </Section>
  );
}

export function Totals({
  usage: { disk, bandwidth, services },
}: {
  usage: Pick<Usage, 'disk' | 'bandwidth' | 'services'>;
}) {
  const t = useTranslations('usage');
  const locale = useLocale();
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {[
        [t('disk'), bytesText(disk, locale)],
        [t('bandwidth'), bytesText(bandwidth, locale)],
        [t('measuredServices'), String(services)],
      ].map(([label, value]) => (
        <div key={label}>
          <dt className="text-[13px] text-ink-soft">{label}</dt>
          <dd className="m-0 text-lg font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function LastRun({ run: { asOf, durationMs, missing } }: { run: Run }) {
  const t = useTranslations('usage');
  const duration = useDuration();
  return (
    <p className="mt-2 text-[13px] text-ink-soft">
      {asOf ? t.rich('readAt', { when: () => <RelativeTime at={asOf} /> }) : t('neverRead')}
      {asOf && durationMs !== null && ` ${t('took', { duration: duration(durationMs / 1000) })}`}
      {missing > 0 && ` ${t('missing', { count: missing })}`}
    </p>
  );
}

const DOUBTED = ['empty', 'foreign', 'fell'];

function Problem({ serverId, run: { problem, words, staleSince } }: { serverId: string; run: Run }) {
  const t = useTranslations('usage');
  const { isAdmin } = useMe();
  if (problem === null) return null;
  const known = isProblem(problem) ? problem : 'failed';
  return (
    <div data-tone="amber" className="mt-3 rounded-lg bg-tone-bg px-3 py-2.5 text-[13px] text-tone-fg">
      <p className="font-semibold">{t(`problems.${known}`)}</p>
      <p>
        {t('keptFigures')}
        {staleSince && <> {t.rich('oldSince', { when: () => <RelativeTime at={staleSince} /> })}</>}
      </p>
      {words && (
        <div className="mt-1.5">
          <Fold label={t('panelSaid')}>
            <Verbatim text={words} />
          </Fold>
        </div>
      )}
      {isAdmin && DOUBTED.includes(problem) && <Accept serverId={serverId} />}
    </div>
  );
}

function isProblem(text: string): text is 'failed' | 'empty' | 'foreign' | 'fell' | 'unreadable' {
  return ['failed', 'empty', 'foreign', 'fell', 'unreadable'].includes(text);
}

function useRead() {
  const t = useTranslations('usage');
  const trpc = useTRPC();
  const cache = useQueryClient();
  return useMutation(
    trpc.usage.refreshServer.mutationOptions({
      onSuccess: async ({ end }) => {
        await cache.invalidateQueries({ queryKey: trpc.usage.pathKey() });
        const done = end === 'done' || end === 'nothing';
        notifications.show({ message: done ? t('readDone') : t('readProblem'), color: done ? 'teal' : 'yellow' });
      },
    }),
  );
}

function ReadNow({ serverId }: { serverId: string }) {
  const t = useTranslations('usage');
  const read = useRead();
  const start = () =>
    read.mutate(
      { id: serverId },
      { onError: (error) => notifications.show({ title: t('notRead'), message: error.message, color: 'red' }) },
    );
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={15} aria-hidden />}
      loading={read.isPending}
      onClick={start}
    >
      {t('readNow')}
    </Button>
  );
}

/** The list looked wrong and is right: accounts were moved or emptied on purpose. */
function Accept({ serverId }: { serverId: string }) {
  const t = useTranslations('usage');
  const read = useRead();
  return (
    <div className="mt-2">
      <DangerButton
        label={t('accept')}
        title={t('acceptTitle')}
        text={t('acceptText')}
        refused={t('notRead')}
        action={{ ...read, mutate: () => read.mutate({ id: serverId, trust: true }) }}
      />
    </div>
  );
}
