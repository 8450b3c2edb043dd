import type { LimitedCall, ModulePolicies } from '@/modules/sdk/contract';
import { DEFAULT_PASSWORD_POLICY } from '@/modules/sdk/passwords';
import type { Definition } from './definition';

const CHANGES: readonly LimitedCall[] = [
  'suspend',
  'unsuspend',
  'terminate',
  'changePassword',
  'changePackage',
  'action',
];
const READS: readonly LimitedCall[] = ['test', 'lookUp', 'usage', 'sso'];

/** What may be repeated after a lost answer, from what the definition has where it does not say. */
export function duplicatesOf({ rules, connection, operations }: Definition): ModulePolicies['duplicates'] {
  if (rules.duplicates) return rules.duplicates;
  if (connection.idempotencyHeader) return 'idempotency-key';
  return operations.getAccount ? 'look-up-only' : 'none';
}

export function proofOf({ rules, operations }: Definition): ModulePolicies['proof'] {
  return rules.proof ?? (operations.getAccount?.account.externalId ? 'external-id' : 'name-domain-owner-time');
}

/** The letters and digits of every module, with the definition's own signs. */
function passwordOf({ password }: Definition['rules']): ModulePolicies['password'] | undefined {
  if (!password) return undefined;
  const letters = DEFAULT_PASSWORD_POLICY.groups.slice(0, 3);
  return { length: password.length, groups: password.signs === '' ? letters : [...letters, password.signs] };
}

export function policiesOf(definition: Definition): ModulePolicies {
  const { rules } = definition;
  const { create, change, read } = rules.limits ?? {};
  const limits = Object.fromEntries([
    ...(create ? [['create', create]] : []),
    ...(change ? CHANGES.map((call) => [call, change]) : []),
    ...(read ? READS.map((call) => [call, read]) : []),
  ]) as NonNullable<ModulePolicies['limits']>; // only names of LimitedCall were put in
  const password = passwordOf(rules);
  return {
    duplicates: duplicatesOf(definition),
    proof: proofOf(definition),
    maxParallel: rules.maxParallel,
    needsDomain: rules.needsDomain,
    limits,
    ...(rules.settleSeconds !== undefined && { settleSeconds: rules.settleSeconds }),
    ...(rules.username && { username: rules.username }),
    ...(password && { password }),
  };
}
