import type { RouterInputs, RouterOutputs } from '@/trpc/types';

type Product = RouterOutputs['products']['get'];
type Input = RouterInputs['products']['create'];
type Option = Product['configOptions'][number];

/** An option as it is typed: a number field that is empty holds ''. */
export interface OptionDraft {
  /** Only tells rows apart while they are edited. */
  key: string;
  id: string;
  label: string;
  unit: string;
  min: number | string;
  max: number | string;
  step: number | string;
  default: number | string;
}

export interface ProductValues {
  name: string;
  description: string;
  serverGroupId: string | null;
  requiredType: Product['requiredType'];
  requiredTags: string[];
  terminateAfterDays: number | string;
  maxWaitHours: number | string;
  sendPassword: boolean;
  isActive: boolean;
  configOptions: OptionDraft[];
  settings: Record<string, unknown>;
}

let drafts = 0;

export function draftOf(option?: Partial<Option>): OptionDraft {
  const { id = '', label = '', unit = '', min = 0, max = '', step = 1, default: preset = 0 } = option ?? {};
  return { key: String(++drafts), id, label, unit, min, max, step, default: preset };
}

export function valuesOf(product: Product | undefined, settings: Record<string, unknown>): ProductValues {
  return {
    name: product?.name ?? '',
    description: product?.description ?? '',
    serverGroupId: product?.group?.id ?? null,
    requiredType: product?.requiredType ?? null,
    requiredTags: product?.requiredTags ?? [],
    terminateAfterDays: product?.terminateAfterDays ?? '',
    maxWaitHours: product?.maxWaitHours ?? 72,
    sendPassword: product?.sendPassword ?? false,
    isActive: product?.isActive ?? true,
    configOptions: product?.configOptions.map(draftOf) ?? [],
    settings,
  };
}

/** Fields of options that are still empty, by path. A name and numbers are needed; a unit is not. */
export function missingOptions(options: readonly OptionDraft[], message: string): Record<string, string> {
  const needed = ['label', 'id', 'min', 'max', 'step', 'default'] as const;
  const empty = options.flatMap((option, index) =>
    needed.filter((field) => String(option[field]).trim() === '').map((field) => `configOptions.${index}.${field}`),
  );
  return Object.fromEntries(empty.map((path) => [path, message]));
}

/** What is typed into a number field; -1 for nothing, which the server refuses on that very field. */
const numberOf = (typed: number | string) => (typed === '' ? -1 : Number(typed));

/** What is sent. `moduleSettings` comes from the module's own form. */
export function toInput(values: ProductValues, moduleSettings: Record<string, unknown>): Omit<Input, 'moduleSlug'> {
  const { settings: _, configOptions, terminateAfterDays, maxWaitHours, ...rest } = values;
  return {
    ...rest,
    terminateAfterDays: terminateAfterDays === '' ? null : Number(terminateAfterDays),
    maxWaitHours: numberOf(maxWaitHours),
    // JSON by construction: the form keeps what the fields gave.
    moduleSettings: moduleSettings as Input['moduleSettings'],
    configOptions: configOptions.map(({ key: _key, ...option }) => ({
      ...option,
      min: numberOf(option.min),
      max: numberOf(option.max),
      step: numberOf(option.step),
      default: numberOf(option.default),
    })),
  };
}
