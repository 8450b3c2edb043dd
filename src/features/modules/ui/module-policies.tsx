'use client';

import { useTranslations } from 'next-intl';
import { FactList } from '@/components/fact-list';
import { Section } from '@/components/section';
import { useDuration } from '@/components/time-span';
import type { RouterOutputs } from '@/trpc/types';

type Policies = RouterOutputs['modules']['get']['policies'];

const DUPLICATES = ['panel-refuses', 'idempotency-key', 'look-up-only', 'none'] as const;
const PROOFS = ['external-id', 'name-domain-owner-time'] as const;

/** The rules by which the program deals with this panel, in words. */
export function ModulePolicies({ policies }: { policies: Policies }) {
  const t = useTranslations('modules.policies');
  const say = useDuration();
  if (!policies) return <Section title={t('title')}>{t('unsaid')}</Section>;
  const { userNames, passwordRules, settleSeconds, maxParallel } = policies;
  const duplicates = DUPLICATES.find((one) => one === policies.duplicates) ?? 'none';
  const proof = PROOFS.find((one) => one === policies.proof) ?? 'name-domain-owner-time';
  return (
    <Section title={t('title')}>
      <FactList
        facts={[
          {
            label: t('userNames'),
            value: userNames ? t('letters', { min: userNames.min, max: userNames.max }) : t('panelChooses'),
          },
          {
            label: t('passwords'),
            value: passwordRules ? t('length', { length: passwordRules.length }) : t('panelChooses'),
          },
          { label: t('duplicates'), value: t(`duplicate.${duplicates}`) },
          { label: t('proof'), value: t(`proofs.${proof}`) },
          settleSeconds === null ? null : { label: t('settle'), value: say(settleSeconds) },
          maxParallel === null ? null : { label: t('parallel'), value: t('atOnce', { count: maxParallel }) },
        ]}
      />
    </Section>
  );
}
