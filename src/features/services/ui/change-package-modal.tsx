'use client';

import { Button, Modal, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { FormProblem } from '@/components/form-problem';
import { useReturnFocus } from '@/components/use-return-focus';
import { type OfferedProduct, ProductSelect } from '@/features/products/ui/product-select';
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
  const present = useQuery(trpc.products.get.queryOptions({ id: service.product.id })).data ?? null;
  const [other, setOther] = useState<OfferedProduct | null>(null);
  const product = other ?? present;
  const [quantities, setQuantities] = useState<Record<string, number | string>>({});
  const options = product?.configOptions ?? [];
  const quantityOf = (id: string, fallback: number) =>
    quantities[id] ?? service.configOptions.find(({ optionId }) => optionId === id)?.quantity ?? fallback;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    changes.package.mutate({
      id: service.id,
      productId: product?.id ?? service.product.id,
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
        <ProductSelect
          label={t('package.product')}
          none={t('package.none')}
          of={{ moduleSlug: service.moduleSlug }}
          chosen={product ?? service.product}
          onChoose={setOther}
          // The modal sets the focus here, and the list would cover what stands below.
          openOnFocus={false}
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
