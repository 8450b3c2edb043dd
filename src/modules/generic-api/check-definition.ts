import {
  callsIssues,
  expressionIssue,
  expressionIssues,
  type Issue,
  type Known,
  meaningIssues,
  pairIssues,
  type Rules,
  templateIssue,
} from './check-calls';
import { fieldIssues } from './check-fields';
import type { Definition, OperationName } from './definition';
import { duplicatesOf, proofOf } from './policies';
import { LOGIN_FIELDS } from './schemas';
import { CUSTOMER_KEYS, PRODUCT_KEYS, SERVER_KEYS, SERVICE_KEYS } from './scope';

/** What a definition cannot do well although it may be used. */
export const DEFINITION_WARNINGS = [
  /** An order whose answer was lost goes to a person. */
  'no-look-up',
  /** Nothing on the panel proves that an account is ours. */
  'no-proof',
  /** Several calls make one account, and a look-up cannot tell whether all of them were done. */
  'no-complete',
] as const;
export type DefinitionWarning = (typeof DEFINITION_WARNINGS)[number];

export interface Checked {
  /** Each names the field it is about. */
  issues: Issue[];
  warnings: DefinitionWarning[];
}

/** What the calls of an operation are about: a server alone, or a service on it. */
type About = 'server' | 'list' | 'service' | 'password' | 'package';

const ABOUT: Record<OperationName, About> = {
  testConnection: 'server',
  getServerInfo: 'server',
  listAccounts: 'list',
  getServerUsage: 'list',
  create: 'service',
  getAccount: 'service',
  suspend: 'service',
  unsuspend: 'service',
  terminate: 'service',
  getUsage: 'service',
  getSSOUrl: 'service',
  changePassword: 'password',
  changePackage: 'package',
};

const RULES: Partial<Record<OperationName, Rules>> = {
  create: { mayWait: 'any' },
  suspend: { mayWait: 'any' },
  unsuspend: { mayWait: 'any' },
  terminate: { mayWait: 'any' },
  changePassword: { mayWait: 'last' },
  changePackage: { mayWait: 'last' },
};

function knownFor(definition: Definition, about: About): Known {
  const { serverFields, productFields, options, connection } = definition;
  const login = LOGIN_FIELDS[connection.authentication.by];
  const secrets = serverFields.filter(({ kind }) => kind === 'secret').map(({ name }) => name);
  const fields = ['baseUrl', ...login, ...serverFields.map(({ name }) => name)];
  const server: [string, readonly string[] | null][] = [
    ['server', SERVER_KEYS],
    ['fields', fields],
    ['reason', null],
  ];
  const service: [string, readonly string[] | null][] = [
    ['service', SERVICE_KEYS],
    ['customer', CUSTOMER_KEYS],
    ['product', PRODUCT_KEYS],
    ['settings', productFields.map(({ name }) => name)],
    ['options', options.map(({ id }) => id)],
  ];
  const more: Record<About, [string, null][]> = {
    server: [],
    list: [
      ['page', null],
      ['cursor', null],
    ],
    service: [],
    password: [['newPassword', null]],
    package: [['change', null]],
  };
  const ofService = about === 'server' || about === 'list' ? [] : service;
  const templates = new Map([...server, ...ofService, ...more[about]]);
  // Expressions never see a secret; what they take is stored or shown.
  const hidden = new Set([...secrets, 'newPassword', 'page', 'cursor']);
  return { templates, expressions: [...templates.keys(), 'kept'].filter((name) => !hidden.has(name)) };
}

function operationIssues(definition: Definition, name: OperationName): Issue[] {
  const operation = definition.operations[name];
  if (!operation) return [];
  const path = ['operations', name];
  const known = knownFor(definition, ABOUT[name]);
  const { calls, ...rest } = operation;
  const data = 'result' in operation && operation.result ? operation.result.data : [];
  const groups = Object.entries(rest).flatMap(([key, value]) =>
    typeof value === 'string'
      ? expressionIssue(value, [...path, key], known)
      : expressionIssues(typeof value === 'object' ? value : {}, [...path, key], known),
  );
  const isList = ABOUT[name] === 'list';
  return [
    ...callsIssues(calls, [...path, 'calls'], known, RULES[name] ?? { mayWait: 'no' }),
    ...groups,
    ...data.flatMap(({ value }, index) => expressionIssue(value, [...path, 'result', 'data', index, 'value'], known)),
    ...(isList && calls.length > 1
      ? [{ path: [...path, 'calls'], message: 'A list is read by one call, again for each page.' }]
      : []),
  ];
}

function actionIssues(definition: Definition): Issue[] {
  const known = knownFor(definition, 'service');
  return definition.actions.flatMap(({ calls, url }, index) => [
    ...callsIssues(calls, ['actions', index, 'calls'], known, { mayWait: url === undefined ? 'last' : 'no' }),
    ...expressionIssue(url, ['actions', index, 'url'], known),
  ]);
}

/** Rules that promise what the definition does not have. */
function ruleIssues(definition: Definition): Issue[] {
  const { rules, operations, connection } = definition;
  const at = (field: string, message: string): Issue => ({ path: ['rules', field], message });
  const known = knownFor(definition, 'server');
  return [
    ...(rules.duplicates === 'look-up-only' && !operations.getAccount
      ? [at('duplicates', 'This needs the operation "Look up an account".')]
      : []),
    ...(rules.duplicates === 'idempotency-key' && !connection.idempotencyHeader
      ? [at('duplicates', 'This needs the name of the idempotency header.')]
      : []),
    ...(rules.proof === 'external-id' && !operations.getAccount?.account.externalId
      ? [at('proof', 'This needs a look-up whose account shows our id.')]
      : []),
    ...(rules.username && rules.username.minLength > rules.username.maxLength
      ? [{ path: ['rules', 'username', 'maxLength'], message: 'The longest name is shorter than the shortest.' }]
      : []),
    ...(rules.owner === undefined ? [] : templateIssue(rules.owner, 'text', ['rules', 'owner'], known)),
  ];
}

function warningsOf(definition: Definition): DefinitionWarning[] {
  const { getAccount, create } = definition.operations;
  const changing = create.calls.filter(({ changes, request }) => changes ?? request.method !== 'GET');
  const { account } = getAccount ?? {};
  const provable = proofOf(definition) === 'external-id' || Boolean(account?.username && account.domain);
  return [
    ...(duplicatesOf(definition) === 'none' ? (['no-look-up'] as const) : []),
    ...(getAccount && !provable ? (['no-proof'] as const) : []),
    ...(getAccount && changing.length > 1 && !getAccount.complete ? (['no-complete'] as const) : []),
  ];
}

/** Everything that the schema alone cannot see: expressions, templates, names, and what depends on each other. */
export function checkDefinition(definition: Definition): Checked {
  const { connection, operations, meanings } = definition;
  const known = knownFor(definition, 'server');
  const issues = [
    ...fieldIssues(definition),
    ...pairIssues(connection.headers, ['connection', 'headers'], known),
    ...meaningIssues(meanings, ['meanings'], knownFor(definition, 'service')),
    ...(Object.keys(operations) as OperationName[]).flatMap((name) => operationIssues(definition, name)), // its own keys
    ...actionIssues(definition),
    ...ruleIssues(definition),
  ];
  return { issues, warnings: warningsOf(definition) };
}
