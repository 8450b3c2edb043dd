import type { RouterInputs, RouterOutputs } from '@/trpc/types';

export type ServerDetail = RouterOutputs['servers']['get'];
export type ModuleDetail = RouterOutputs['modules']['get'];

/** A server's own fields, as they are typed. */
export interface PlaceValues {
  name: string;
  hostname: string;
  ipAddress: string;
  type: RouterInputs['servers']['create']['type'];
  /** '' = no limit. */
  maxAccounts: number | '';
  maxParallel: number;
  groupId: string | null;
  tags: string[];
}

export const SERVER_TYPES = ['SHARED', 'RESELLER', 'VPS', 'DEDICATED', 'GAME'] as const;
const USUAL_TYPE: Record<string, PlaceValues['type']> = { game: 'GAME', hosting: 'SHARED', vps: 'VPS' };
const USUAL_PARALLEL = 4;

export function initialPlace(module: ModuleDetail, server: ServerDetail | undefined): PlaceValues {
  return {
    name: server?.name ?? '',
    hostname: server?.hostname ?? '',
    ipAddress: server?.ipAddress ?? '',
    type: server?.type ?? USUAL_TYPE[module.type] ?? 'DEDICATED',
    maxAccounts: server?.maxAccounts ?? '',
    maxParallel: server?.maxParallel ?? module.policies?.maxParallel ?? USUAL_PARALLEL,
    groupId: server?.group?.id ?? null,
    tags: server?.tags ?? [],
  };
}

/** As the procedures take it. */
export function toPlace({ maxAccounts, ...values }: PlaceValues) {
  return { ...values, name: values.name.trim(), maxAccounts: maxAccounts === '' ? null : maxAccounts };
}

/** Which of a server's own fields are still empty. */
export function missingPlace(values: PlaceValues): ('name' | 'hostname' | 'ipAddress')[] {
  return (['name', 'hostname', 'ipAddress'] as const).filter((field) => values[field].trim() === '');
}
