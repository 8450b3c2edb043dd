'use client';

import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { RouterOutputs } from '@/trpc/types';

type Can = RouterOutputs['modules']['list']['items'][number]['capabilities'];

const NAMES = [
  'suspend',
  'unsuspend',
  'terminate',
  'changePassword',
  'changePackage',
  'usage',
  'sso',
  'lookUp',
  'listAccounts',
] as const satisfies (keyof Can)[];

interface CapabilitiesProps {
  capabilities: Can;
  onlyWhatItCan?: boolean;
}

/** What a module can do, as ticks; what it cannot is said in words as well. */
export function Capabilities({ capabilities, onlyWhatItCan = false }: CapabilitiesProps) {
  const t = useTranslations('modules.can');
  const shown = onlyWhatItCan ? NAMES.filter((name) => capabilities[name]) : NAMES;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1.5 text-[13px]">
      {shown.map((name) => (
        <li key={name} className={`flex items-center gap-1.5 ${capabilities[name] ? '' : 'text-ink-soft'}`}>
          {capabilities[name] ? (
            <span data-tone="green" className="text-tone-fg">
              <IconCheck size={15} stroke={2.4} aria-hidden />
            </span>
          ) : (
            <IconMinus size={15} aria-hidden />
          )}
          <span>
            {!capabilities[name] && <span className="sr-only">{t('not')} </span>}
            {t(name)}
          </span>
        </li>
      ))}
    </ul>
  );
}
