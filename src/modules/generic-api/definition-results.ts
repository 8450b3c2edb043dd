import { z } from 'zod';
import { calls } from './definition-calls';
import { expression, expressions, name, title } from './definition-texts';

const resultFields = {
  ...expressions({
    remoteId: { title: "The panel's id", description: 'Left empty: the user name.', placeholder: 'string(body.id)' },
    username: { title: 'User name', description: 'Where the panel makes up its own.', placeholder: 'body.login' },
    password: { title: 'Password', description: 'Where the panel makes up its own.', placeholder: 'body.password' },
    domain: { title: 'Domain' },
    dedicatedIp: { title: 'IP address' },
    nameservers: { title: 'Name servers', description: 'A list of texts.', placeholder: 'body.nameservers' },
  }),
  data: z
    .array(
      z.strictObject({
        name: name({ title: 'Name', placeholder: 'port' }),
        value: expression({ title: 'Value', placeholder: 'body.port' }),
      }),
    )
    .max(30)
    .default([])
    .meta({ title: 'Further facts', description: 'Shown to staff and customer; ports and the like.' }),
};

/** What is taken from the answers of a create. */
export const resultDefinition = z.strictObject(resultFields).meta({ title: 'Result' });
export type ResultDefinition = z.infer<typeof resultDefinition>;

export const ACCOUNT_STATUSES = ['active', 'suspended', 'building', 'failed'] as const;

const accountFields = {
  ...expressions({
    remoteId: { title: "The panel's id", placeholder: 'string(item.id)' },
    username: { title: 'User name' },
    domain: { title: 'Domain' },
    externalId: { title: 'Our id', description: 'Where the panel stores our service id.', placeholder: 'item.note' },
    owner: { title: 'Owner' },
    createdAt: { title: 'Made at', description: 'A time as text (ISO 8601) or in seconds.' },
    plan: { title: 'Plan' },
    active: { title: 'Active when', description: 'Left empty: when nothing else holds.' },
    suspended: { title: 'Suspended when', placeholder: 'item.status == "suspended"' },
    building: { title: 'Being built when' },
    failed: { title: 'Failed when' },
  }),
};

const usageFields = expressions({
  diskUsed: { title: 'Disk used', description: 'Bytes. Left empty: the panel does not measure it.' },
  diskLimit: { title: 'Disk limit', description: 'Bytes; null = no limit.' },
  bandwidthUsed: { title: 'Traffic used', description: 'Bytes.' },
  bandwidthLimit: { title: 'Traffic limit', description: 'Bytes; null = no limit.' },
  cpuPercent: { title: 'Processor', description: '0 to 100.' },
  memoryUsed: { title: 'Memory used', description: 'Bytes.' },
  memoryLimit: { title: 'Memory limit', description: 'Bytes; null = no limit.' },
});
export type UsageExpressions = { [Name in keyof typeof usageFields]?: string | undefined };

const usage = z.strictObject(usageFields).meta({ title: 'Figures', description: 'Expressions over item.' });

/** How a list is read page by page. */
const list = z
  .strictObject({
    items: expression({ title: 'The list', placeholder: 'body.data' }),
    more: expression({
      title: 'Another page when',
      description: 'Left empty: everything comes at once. Templates name the page as {{ page }}, beginning with 1.',
      placeholder: 'body.page < body.pages',
    }).optional(),
    cursor: expression({
      title: 'Next page',
      description: 'Where the panel names it; templates call it {{ cursor }}.',
      placeholder: 'body.next',
    }).optional(),
  })
  .meta({ title: 'List' });
export type ListDefinition = z.infer<typeof list>;

const account = z.strictObject(accountFields).meta({ title: 'Account', description: 'Expressions over item.' });
export type AccountDefinition = z.infer<typeof account>;

export const plainOperation = z.strictObject({ calls });
export type PlainOperation = z.infer<typeof plainOperation>;

export const createOperation = z.strictObject({ calls, result: resultDefinition });
export type CreateOperation = z.infer<typeof createOperation>;

export const getAccountOperation = z.strictObject({
  calls,
  there: expression({
    title: 'It is there when',
    description: 'Left empty: when the calls are done and the account below is in the answer.',
    placeholder: 'status == 200',
  }).optional(),
  complete: expression({
    title: 'It is complete when',
    description:
      'For accounts made in several calls: false while a part is missing, and the create goes on where it stopped.',
    placeholder: 'kept.user == true',
  }).optional(),
  item: expression({
    title: 'The account in the answer',
    description: 'What the expressions below call item. Left empty: the whole answer.',
    placeholder: 'body.data[0]',
  }).optional(),
  account,
  result: resultDefinition.optional().meta({
    title: 'Result',
    description: 'What is stored when the account is found again after a lost answer.',
  }),
});
export type GetAccountOperation = z.infer<typeof getAccountOperation>;

export const listAccountsOperation = z.strictObject({ calls, list, account });
export type ListAccountsOperation = z.infer<typeof listAccountsOperation>;

export const getUsageOperation = z.strictObject({
  calls,
  item: expression({
    title: 'The figures in the answer',
    description: 'What the expressions below call item. Left empty: the whole answer.',
  }).optional(),
  usage,
});
export type GetUsageOperation = z.infer<typeof getUsageOperation>;

export const getServerUsageOperation = z.strictObject({
  calls,
  list,
  account: z
    .strictObject(
      expressions({
        remoteId: { title: "The panel's id" },
        username: { title: 'User name' },
        domain: { title: 'Domain' },
        externalId: { title: 'Our id' },
      }),
    )
    .meta({ title: 'Whose figures', description: 'Expressions over item; one is enough.' }),
  usage,
});
export type GetServerUsageOperation = z.infer<typeof getServerUsageOperation>;

export const linkOperation = z.strictObject({
  calls,
  url: expression({ title: 'The link', description: 'Used once and never stored.', placeholder: 'body.url' }),
});
export type LinkOperation = z.infer<typeof linkOperation>;

export const getServerInfoOperation = z.strictObject({
  calls,
  ...expressions({
    version: { title: 'Version of the panel' },
    accountCount: { title: 'Number of accounts' },
    load: { title: 'Load' },
  }),
});
export type GetServerInfoOperation = z.infer<typeof getServerInfoOperation>;

/** Something of the panel's own that staff or customers may ask for: a task, or a link to open. */
export const actionDefinition = z.strictObject({
  id: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'Expected small letters, digits and dashes, such as restart')
    .meta({ title: 'Name', placeholder: 'restart' }),
  label: title({ title: 'Title', description: 'What the button says.' }),
  audience: z
    .enum(['staff', 'customer', 'both'])
    .default('staff')
    .meta({ title: 'Who may ask', labels: { staff: 'Staff', customer: 'Customers', both: 'Both' } }),
  confirm: z.boolean().default(true).meta({ title: 'Asks first' }),
  repeatable: z
    .boolean()
    .default(false)
    .meta({ title: 'Twice is the same as once', description: 'Then it is repeated after a lost answer.' }),
  calls,
  url: expression({
    title: 'The link',
    description: 'Given, the button opens this link; left empty, it is a task.',
  }).optional(),
});
export type ActionDefinition = z.infer<typeof actionDefinition>;
