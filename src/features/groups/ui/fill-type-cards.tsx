'use client';

import { useTranslations } from 'next-intl';
import { FILL_TYPES, type FillType } from '../choices';
import { FillTypePicture } from './fill-type-picture';

interface FillTypeCardsProps {
  value: FillType;
  onChange: (value: FillType) => void;
}

/** The four rules side by side; native radio buttons, so that arrow keys choose. */
export function FillTypeCards({ value, onChange }: FillTypeCardsProps) {
  const t = useTranslations('groups');
  return (
    <fieldset>
      <legend className="text-sm font-medium">{t('rule')}</legend>
      <p className="mb-2.5 text-xs text-ink-soft">{t('ruleHelp')}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        {FILL_TYPES.map((fillType) => (
          <label
            key={fillType}
            className="flex cursor-pointer items-center gap-4 rounded-xl border border-line p-4 transition-colors hover:bg-hover has-checked:border-brand-500 has-checked:ring-1 has-checked:ring-brand-500 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brand-500"
          >
            <input
              type="radio"
              name="fillType"
              value={fillType}
              checked={value === fillType}
              onChange={() => onChange(fillType)}
              className="sr-only"
            />
            <FillTypePicture fillType={fillType} label={t(`rules.${fillType}.picture`)} />
            <span className="min-w-0">
              <span className="block text-sm font-semibold">{t(`rules.${fillType}.name`)}</span>
              <span className="block text-[13px] leading-5 text-ink-soft">{t(`rules.${fillType}.text`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function isFillType(value: string): value is FillType {
  return FILL_TYPES.some((fillType) => fillType === value);
}
