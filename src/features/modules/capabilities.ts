import type { ServerModuleInterface } from '@/modules/sdk/contract';

export interface Capabilities {
  suspend: boolean;
  unsuspend: boolean;
  terminate: boolean;
  changePassword: boolean;
  changePackage: boolean;
  usage: boolean;
  sso: boolean;
  adminSso: boolean;
  /** Finds an account again after an answer was lost. */
  lookUp: boolean;
  listAccounts: boolean;
  /** Ids of the module's own actions. */
  actions: string[];
}

/** What a module can do: the method is there, and the module does not say that it is there for form's sake only. */
export function capabilitiesOf(module: ServerModuleInterface): Capabilities {
  const supported = (name: 'suspend' | 'unsuspend' | 'terminate' | 'changePassword') =>
    typeof module[name] === 'function' && module.supports?.[name] !== false;
  return {
    suspend: supported('suspend'),
    unsuspend: supported('unsuspend'),
    terminate: supported('terminate'),
    changePassword: supported('changePassword'),
    changePackage: module.changePackage !== undefined,
    usage: module.getUsage !== undefined || module.getServerUsage !== undefined,
    sso: module.getSSOUrl !== undefined,
    adminSso: module.getAdminSSOUrl !== undefined,
    lookUp: module.getAccount !== undefined,
    listAccounts: module.listAccounts !== undefined,
    actions: module.customActions?.map(({ id }) => id) ?? [],
  };
}
