import { useTranslations } from 'next-intl';
import { Logo } from '@/components/logo';
import type { Company } from '../schema';

/** The company's own name with its first letter as a mark; the product's where none is set. */
export function CompanyBrand({ company: { name }, size = 28 }: { company: Pick<Company, 'name'>; size?: number }) {
  const t = useTranslations('brand');
  return (
    <span className="flex min-w-0 items-center gap-2.5 font-semibold tracking-tight">
      {name === null ? <Logo size={size} /> : <Mark name={name} size={size} />}
      <span className="truncate">{name ?? t('name')}</span>
    </span>
  );
}

function Mark({ name, size }: { name: string; size: number }) {
  const [initial = ''] = name;
  return (
    <span
      aria-hidden
      className="grid shrink-0 place-items-center rounded-[28%] bg-brand-600 leading-none font-bold text-white"
      style={{ width: size, height: size, fontSize: size * 0.54 }}
    >
      {initial.toLocaleUpperCase()}
    </span>
  );
}
