'use client';

import { ActionIcon, Button, NumberInput, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { draftOf, type OptionDraft } from './product-values';

interface OptionEditorProps {
  options: OptionDraft[];
  onChange: (options: OptionDraft[]) => void;
  /** By path: `configOptions.0.max`. */
  errors: Record<string, string>;
  /** What the module itself understands; offered while nothing is set. */
  suggested: Partial<OptionDraft>[];
}

/** What a customer may choose when ordering: quantities with limits and steps. */
export function OptionEditor({ options, onChange, errors, suggested }: OptionEditorProps) {
  const t = useTranslations('products');
  const missing = suggested.filter(({ id }) => !options.some((option) => option.id === id));
  const add = (more: OptionDraft[]) => onChange([...options, ...more]);
  return (
    <fieldset>
      <legend className="text-[15px] font-semibold">{t('options')}</legend>
      <p className="mt-0.5 mb-4 text-[13px] text-ink-soft">{t('optionsHelp')}</p>
      {errors.configOptions && <p className="mb-3 text-sm text-[var(--mantine-color-error)]">{errors.configOptions}</p>}
      <ul className="space-y-4">
        {options.map((option, index) => (
          <OptionRow
            key={option.key}
            option={option}
            number={index + 1}
            errorOf={(field) => errors[`configOptions.${index}.${field}`]}
            onChange={(change) => onChange(options.map((one) => (one === option ? { ...one, ...change } : one)))}
            onRemove={() => onChange(options.filter((one) => one !== option))}
          />
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => add([draftOf()])}
        >
          {t('addOption')}
        </Button>
        {missing.length > 0 && (
          <Button
            variant="subtle"
            size="xs"
            // A draft of the module's option has numbers only.
            onClick={() => add(missing.map((option) => ({ ...draftOf(), ...option })))}
          >
            {t('takeOptions', { names: missing.map(({ label }) => label).join(', ') })}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

interface OptionRowProps {
  option: OptionDraft;
  number: number;
  errorOf: (field: keyof OptionDraft) => string | undefined;
  onChange: (change: Partial<OptionDraft>) => void;
  onRemove: () => void;
}

const TEXTS = ['label', 'id', 'unit'] as const;
const NUMBERS = ['min', 'max', 'step', 'default'] as const;

function OptionRow({ option, number, errorOf, onChange, onRemove }: OptionRowProps) {
  const t = useTranslations('products');
  const title = option.label || t('optionNumber', { number });
  return (
    <li className="rounded-xl border border-line p-4">
      <div className="mb-3 flex items-center justify-between gap-3">
        <p className="text-sm font-medium [overflow-wrap:anywhere]">{title}</p>
        <Tooltip label={t('removeOption', { title })}>
          <ActionIcon variant="subtle" color="gray" onClick={onRemove} aria-label={t('removeOption', { title })}>
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className="grid items-start gap-3 sm:grid-cols-3">
        {TEXTS.map((field) => (
          <TextInput
            key={field}
            label={t(`option.${field}`)}
            autoComplete="off"
            spellCheck={false}
            value={option[field]}
            error={errorOf(field)}
            onChange={(event) => onChange({ [field]: event.currentTarget.value })}
          />
        ))}
      </div>
      <div className="mt-3 grid grid-cols-2 items-start gap-3 sm:grid-cols-4">
        {NUMBERS.map((field) => (
          <NumberInput
            key={field}
            label={t(`option.${field}`)}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            value={option[field]}
            error={errorOf(field)}
            onChange={(value) => onChange({ [field]: value })}
          />
        ))}
      </div>
    </li>
  );
}
