import { z } from 'zod';
import { name, title, words } from './definition-texts';

export const FIELD_KINDS = ['text', 'multiline', 'secret', 'number', 'switch', 'choice'] as const;

/** One thing that has to be filled in for a server or a product. */
export const fieldDefinition = z.strictObject({
  name: name({ title: 'Name', description: 'How templates and expressions call it.', placeholder: 'region' }),
  title: title({ title: 'Title', description: 'What staff read beside the field.' }),
  help: words({ title: 'Help', description: 'One sentence below the field.' }).optional(),
  kind: z
    .enum(FIELD_KINDS)
    .default('text')
    .meta({
      title: 'Kind',
      labels: {
        text: 'Text',
        multiline: 'Long text',
        secret: 'Secret',
        number: 'Number',
        switch: 'Switch',
        choice: 'Choice',
      },
    }),
  required: z.boolean().default(true).meta({ title: 'Must be filled in' }),
  preset: z
    .string()
    .max(1000)
    .optional()
    .meta({ title: 'Preset', description: 'What the field begins with. For a switch: true or false.' }),
  choices: z
    .array(
      z.strictObject({
        value: z.string().trim().min(1).max(200).meta({ title: 'Value' }),
        label: words({ title: 'Label' }).optional(),
      }),
    )
    .max(100)
    .default([])
    .meta({ title: 'Choices', description: 'Only for the kind Choice.' }),
  min: z.number().optional().meta({ title: 'Smallest number' }),
  max: z.number().optional().meta({ title: 'Largest number' }),
});
export type FieldDefinition = z.infer<typeof fieldDefinition>;

/** A quantity that an order may choose. */
export const optionDefinition = z.strictObject({
  id: name({ title: 'Name', description: 'How templates and expressions call it.', placeholder: 'disk' }),
  label: title({ title: 'Title', description: 'What the order form shows.' }),
  unit: words({ title: 'Unit', placeholder: 'MB' }, 20).default(''),
  preset: z.int().min(0).meta({ title: 'Usual quantity' }),
  min: z.int().min(0).default(0).meta({ title: 'Smallest quantity' }),
  max: z.int().min(1).optional().meta({ title: 'Largest quantity' }),
  step: z.int().min(1).default(1).meta({ title: 'Step' }),
});
export type OptionDefinition = z.infer<typeof optionDefinition>;

const seconds = (hints: { title: string; description?: string }, most: number) =>
  z
    .int()
    .min(1)
    .max(most)
    .optional()
    .meta({ ...hints, unit: 's' });

/** What the core has to know of the panel: names, passwords, what may be repeated, what proves that an account is ours. */
export const rulesDefinition = z.strictObject({
  duplicates: z
    .enum(['panel-refuses', 'idempotency-key', 'look-up-only', 'none'])
    .optional()
    .meta({
      title: 'When the answer to a create was lost',
      description: 'Left empty, it follows from what the definition has: an idempotency header, a look-up, or neither.',
      labels: {
        'panel-refuses': 'Create again: the panel (or a look-up before each call) refuses a second one',
        'idempotency-key': 'Create again with the same key: the panel knows it',
        'look-up-only': 'Look for the account first, and wait until it must be there',
        none: 'Ask a person',
      },
    }),
  proof: z
    .enum(['external-id', 'name-domain-owner-time'])
    .optional()
    .meta({
      title: 'What proves that an account is ours',
      description: 'Left empty: our id, if the account shows one.',
      labels: {
        'external-id': 'The panel stores our service id',
        'name-domain-owner-time': 'User name, domain, owner and time together',
      },
    }),
  owner: words({
    title: 'Owner',
    description: 'Whose the accounts are that our login makes, as the panel shows it. A template.',
    placeholder: '{{ fields.username }}',
  }).optional(),
  username: z
    .strictObject({
      scope: z
        .enum(['account', 'customer'])
        .default('account')
        .meta({ title: 'One name for each', labels: { account: 'Account', customer: 'Customer' } }),
      minLength: z.int().min(4).max(64).default(4).meta({ title: 'Shortest' }),
      maxLength: z.int().min(4).max(64).default(16).meta({ title: 'Longest' }),
      reserved: z
        .array(z.string().trim().min(1).max(64).meta({ title: 'Name' }))
        .max(200)
        .default([])
        .meta({ title: 'Names that the panel refuses' }),
    })
    .optional()
    .meta({ title: 'User names', description: 'Left empty, the panel makes up its own names.' }),
  password: z
    .strictObject({
      length: z.int().min(8).max(128).default(20).meta({ title: 'Length' }),
      signs: z
        .string()
        .max(32)
        .regex(/^[!-/:-@[-`{-~]*$/, 'Expected signs such as -_. without spaces, letters and digits')
        .default('-_.')
        .meta({ title: 'Signs', description: 'Which signs a password may hold beside letters and digits.' }),
    })
    .optional()
    .meta({ title: 'Passwords', description: 'Left empty, the panel makes up its own passwords.' }),
  needsDomain: z.boolean().default(false).meta({ title: 'An order needs a domain' }),
  maxParallel: z
    .int()
    .min(1)
    .max(64)
    .default(4)
    .meta({ title: 'Changing calls at one time', description: 'On one server.' }),
  settleSeconds: seconds(
    {
      title: 'Longest time a create goes on unseen',
      description: 'After a lost answer, "not there" is believed only when this time is over.',
    },
    3600,
  ),
  limits: z
    .strictObject({
      create: seconds({ title: 'Create' }, 600),
      change: seconds({ title: 'Other changes' }, 600),
      read: seconds({ title: 'Reading' }, 300),
    })
    .optional()
    .meta({ title: 'Time limits', description: 'For a whole operation, however many calls it makes.' }),
});
export type RulesDefinition = z.infer<typeof rulesDefinition>;
