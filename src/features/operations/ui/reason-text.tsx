'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Explanation } from '@/components/explanation';
import { LinkButton } from '@/components/link-button';
import { OtherServers } from '@/features/placement/ui/other-servers';
import type { OperationReason } from '../reasons';
import type { OperationState } from './operation-view';
import { REASON_TONES, useReasonWords } from './reason-words';

interface ReasonTextProps {
  reason: OperationReason;
  state: OperationState;
  /** Buttons below the words. */
  children?: ReactNode;
}

/** Why an operation waits, failed or needs a look: what happened, what it means, what to do, the panel's words folded. */
export function ReasonText({ reason, state, children }: ReasonTextProps) {
  const t = useTranslations('timeline');
  const words = useReasonWords()(reason);
  return (
    <Explanation tone={REASON_TONES[state]} {...words}>
      {reason.code === 'no-room' && reason.others.length > 0 && (
        <OtherServers others={reason.others} counts={reason.counts} total={reason.total} more={reason.more} />
      )}
      {'server' in reason && (
        <LinkButton href={`/servers/${reason.server.id}`} variant="default" size="xs">
          {t('openServer', { server: reason.server.name })}
        </LinkButton>
      )}
      {children}
    </Explanation>
  );
}
