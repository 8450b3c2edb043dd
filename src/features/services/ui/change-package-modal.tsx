'use client';

import { Button, Modal, NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { FormProblem } from '@/components/form-problem';
import { useReturnFocus } from '@/components/use-return-focus';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { useChanges } from './use-change';

interface ChangePackageModalProps {
  service: RouterOutputs['services']['get'];
  onClose: () => void;
}

/** Another product of the same module, or other quantities; what stands there now is filled in. */
export function ChangePackageModal({ service, onClose }: ChangePackageModalProps) {
  useReturnFocus();
  const t = useTranslations('services.do');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const changes = useChanges(onClose);
  const [productId, setProductId] = useState(service.product.id);
  const [quantities, setQuantities] = useState<Record<string, number | string>>({});
  const { data: products } = useQuery(trpc.products.list.queryOptions({ limit: 100 }));
  const offered = (products?.items ?? []).filter(({ moduleSlug }) => moduleSlug === service.moduleSlug);
  const options = offered.find(({ id }) => id === productId)?.configOptions ?? [];
  const quantityOf = (id: string, fallback: number) =>
    quantities[id] ?? service.configOptions.find(({ optionId }) => optionId === id)?.quantity ?? fallback;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    changes.package.mutate({
      id: service.id,
      productId,
      configOptions: options.map((option) => ({
        optionId: option.id,
        quantity: Number(quantityOf(option.id, option.default)),
      })),
    });
  };

  return (
    <Modal opened onClose={onClose} title={t('package.title')} closeButtonProps={{ 'aria-label': actions('close') }}>
      <form onSubmit={submit} className="space-y-4" noValidate>
        {changes.package.error && <FormProblem title={t('refused')} text={changes.package.error.message} />}
        <Select
          label={t('package.product')}
          data={offered.map(({ id, name }) => ({ value: id, label: name }))}
          value={productId}
          onChange={(value) => value && setProductId(value)}
          allowDeselect={false}
          data-autofocus
        />
        {options.map((option) => (
          <NumberInput
            key={option.id}
            label={option.unit ? `${option.label} (${option.unit})` : option.label}
            description={t('package.bounds', { min: option.min, max: option.max })}
            min={option.min}
            max={option.max}
            step={option.step}
            value={quantityOf(option.id, option.default)}
            onChange={(value) => setQuantities((before) => ({ ...before, [option.id]: value }))}
          />
        ))}
        <div className="flex justify-end gap-2 pt-2">
          <Button variant="default" onClick={onClose}>
            {actions('cancel')}
          </Button>
          <Button type="submit" loading={changes.package.isPending}>
            {t('package.label')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
