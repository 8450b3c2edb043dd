'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Explanation } from '@/components/explanation';
import type { OperationReason } from '../reasons';
import type { OperationState } from './operation-view';
import { REASON_TONES, useReasonWords, useWhyNot } from './reason-words';

interface ReasonTextProps {
  reason: OperationReason;
  state: OperationState;
  /** Buttons below the words. */
  children?: ReactNode;
}

/** Why an operation waits, failed or needs a look: what happened, what it means, what to do, the panel's words folded. */
export function ReasonText({ reason, state, children }: ReasonTextProps) {
  const words = useReasonWords()(reason);
  return (
    <Explanation tone={REASON_TONES[state]} {...words}>
      {reason.code === 'no-room' && reason.others.length > 0 && <PassedOver others={reason.others} />}
      {children}
    </Explanation>
  );
}

function PassedOver({ others }: { others: { serverId: string; server: string; why: string }[] }) {
  const t = useTranslations('placement');
  const whyNot = useWhyNot();
  const shown = others.slice(0, 8);
  return (
    <ul className="w-full space-y-0.5 text-[13px]">
      {shown.map(({ serverId, server, why }) => (
        <li key={serverId}>
          <span className="font-medium">{server}</span> <span className="text-ink-soft">· {whyNot(why)}</span>
        </li>
      ))}
      {others.length > shown.length && (
        <li className="text-ink-soft">{t('more', { count: others.length - shown.length })}</li>
      )}
    </ul>
  );
}
