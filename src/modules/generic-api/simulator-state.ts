import { randomBytes } from 'node:crypto';
import type { SimulatedAccount } from '@/modules/sdk/simulator-definition';

/** An account of the pretend panel. It is of use only once it has an access: two calls make one account. */
export interface DepotAccount {
  id: number;
  label: string;
  domain: string | null;
  /** Whatever the caller wants to find it by. */
  note: string | null;
  diskKib: number | null;
  state: 'running' | 'suspended';
  access: { login: string; password: string } | null;
  since: number;
}

export interface DepotTask {
  id: string;
  polls: number;
  accountId: number;
}

export interface DepotState {
  key: string;
  nextId: number;
  accounts: DepotAccount[];
  tasks: DepotTask[];
}

export function initialState(): DepotState {
  return { key: `dk_${randomBytes(24).toString('hex')}`, nextId: 1, accounts: [], tasks: [] };
}

export function addAccount(
  state: DepotState,
  wanted: Pick<DepotAccount, 'label' | 'domain' | 'note' | 'diskKib'>,
): DepotAccount {
  const account: DepotAccount = {
    id: state.nextId,
    state: 'running',
    access: null,
    since: Math.floor(Date.now() / 1000),
    ...wanted,
  };
  state.nextId += 1;
  state.accounts.push(account);
  return account;
}

export function addTask(state: DepotState, accountId: number): DepotTask {
  const task = { id: `t${randomBytes(6).toString('hex')}`, polls: 0, accountId };
  state.tasks.push(task);
  return task;
}

/** As the control address shows it. */
export function simulatedOf({ id, note, domain, state, access, since }: DepotAccount): SimulatedAccount {
  return {
    id: String(id),
    externalId: note,
    username: access?.login ?? null,
    domain,
    status: state === 'suspended' ? 'suspended' : 'active',
    createdAt: new Date(since * 1000).toISOString(),
  };
}

/** As the panel's own API shows it: never the password. */
export function publicOf({ access, ...account }: DepotAccount) {
  return { ...account, login: access?.login ?? null };
}

/** Figures that can be told apart, of an account that does nothing. */
export function usageOf({ id, diskKib }: DepotAccount) {
  return { id, disk: { kib: 1024 + id, limitKib: diskKib }, traffic: { bytes: 5_000_000 + id } };
}
