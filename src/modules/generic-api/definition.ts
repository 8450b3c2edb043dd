import { z } from 'zod';
import { MODULE_TYPES } from '@/modules/sdk/contract';
import { headersDefinition, meanings } from './definition-calls';
import { fieldDefinition, optionDefinition, rulesDefinition } from './definition-fields';
import {
  actionDefinition,
  createOperation,
  getAccountOperation,
  getServerInfoOperation,
  getServerUsageOperation,
  getUsageOperation,
  linkOperation,
  listAccountsOperation,
  plainOperation,
} from './definition-results';
import { headerName, title, words } from './definition-texts';

/** Written into every exported file, so that a later program can tell how to read it. */
export const DEFINITION_FORMAT = 1;
/** A definition's row is called so; no code module may be. */
export const GENERIC_PREFIX = 'generic-';

const authentication = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('none') }).meta({ title: 'None' }),
    z.strictObject({ by: z.literal('bearer') }).meta({ title: 'Bearer token' }),
    z.strictObject({ by: z.literal('basic') }).meta({ title: 'User name and password' }),
    z
      .strictObject({
        by: z.literal('header'),
        name: headerName({ title: 'Header', placeholder: 'X-API-Key' }),
        prefix: words(
          { title: 'Before the key', description: 'Such as Token, with a space after it where one is needed.' },
          40,
        ).optional(),
      })
      .meta({ title: 'Key in a header' }),
    z
      .strictObject({
        by: z.literal('query'),
        name: z.string().trim().min(1).max(100).meta({ title: 'Parameter', placeholder: 'api_key' }),
      })
      .meta({ title: 'Key in the address' }),
  ])
  .meta({ title: 'Login', description: 'The secrets themselves belong to each server.' });

/** How the panel is called at all. */
export const connectionDefinition = z.strictObject({
  authentication,
  urlPlaceholder: words({
    title: 'Example of an address',
    description: 'Shown in the empty field of a new server.',
    placeholder: 'https://panel.example.com:8443/api',
  }).optional(),
  headers: headersDefinition,
  idempotencyHeader: headerName({
    title: 'Idempotency header',
    description: 'Where the panel knows one: the same value never makes a second account.',
    placeholder: 'Idempotency-Key',
  }).optional(),
});

/** Every operation a definition may have. What is absent the module cannot do. */
export const operationsDefinition = z.strictObject({
  testConnection: plainOperation.meta({ title: 'Test the connection' }),
  create: createOperation.meta({ title: 'Create' }),
  getAccount: getAccountOperation.optional().meta({ title: 'Look up an account' }),
  listAccounts: listAccountsOperation.optional().meta({ title: 'List accounts' }),
  suspend: plainOperation.optional().meta({ title: 'Suspend' }),
  unsuspend: plainOperation.optional().meta({ title: 'Resume' }),
  terminate: plainOperation.optional().meta({ title: 'Remove' }),
  changePassword: plainOperation.optional().meta({ title: 'Change the password' }),
  changePackage: plainOperation.optional().meta({ title: 'Change the package' }),
  getUsage: getUsageOperation.optional().meta({ title: 'Figures of one account' }),
  getServerUsage: getServerUsageOperation.optional().meta({ title: 'Figures of all accounts' }),
  getSSOUrl: linkOperation.optional().meta({ title: 'One-time login' }),
  getServerInfo: getServerInfoOperation.optional().meta({ title: 'Facts of the server' }),
});
export type OperationsDefinition = z.infer<typeof operationsDefinition>;
export type OperationName = keyof OperationsDefinition;
export const OPERATION_NAMES = operationsDefinition.keyof().options;

/**
 * A server module without code: everything that is needed to speak with one kind of panel over HTTP. Kept in versions;
 * addresses and secrets are not part of it, they belong to each server.
 */
export const definitionSchema = z.strictObject({
  format: z.literal(DEFINITION_FORMAT).default(DEFINITION_FORMAT),
  slug: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'Expected small letters, digits and dashes, such as rabbitmq')
    .meta({ title: 'Short name', description: 'Cannot be changed later.', placeholder: 'rabbitmq' }),
  name: title({ title: 'Name', placeholder: 'RabbitMQ' }),
  description: words({ title: 'Description', description: 'One line for the list of modules.' }).default(''),
  type: z
    .enum(MODULE_TYPES)
    .default('custom')
    .meta({
      title: 'Kind of service',
      labels: { hosting: 'Web hosting', vps: 'Virtual machines', game: 'Game servers', custom: 'Something else' },
    }),
  readme: z
    .string()
    .max(20_000)
    .default('')
    .meta({ title: 'Read-me', description: 'How to make the login, the rights it needs. Markdown.', multiline: true }),
  connection: connectionDefinition.meta({ title: 'Connection' }),
  serverFields: z
    .array(fieldDefinition)
    .max(30)
    .default([])
    .meta({ title: 'Fields of a server', description: 'Beside its address and login.' }),
  productFields: z.array(fieldDefinition).max(50).default([]).meta({ title: 'Fields of a product' }),
  options: z.array(optionDefinition).max(30).default([]).meta({ title: 'Quantities that an order may choose' }),
  rules: rulesDefinition.prefault({}).meta({ title: 'Rules' }),
  meanings: meanings.meta({
    title: 'What answers mean',
    description: 'For every call that does not say otherwise itself.',
  }),
  operations: operationsDefinition.meta({ title: 'Operations' }),
  actions: z.array(actionDefinition).max(20).default([]).meta({ title: 'Actions of its own' }),
});
export type Definition = z.infer<typeof definitionSchema>;
/** As it is written down: what has a preset may be left out. */
export type DefinitionFile = z.input<typeof definitionSchema>;

/** The slug of a definition's row. */
export function genericSlug(definition: Pick<Definition, 'slug'>): string {
  return `${GENERIC_PREFIX}${definition.slug}`;
}
