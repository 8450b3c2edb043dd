import { z } from 'zod';
import { expression, headerName, name, template, title, words } from './definition-texts';

const pair = (nameHint: string, valueHint: string) =>
  z.strictObject({
    name: z.string().trim().min(1).max(100).meta({ title: nameHint }),
    value: template({ title: valueHint, placeholder: '{{ service.domain }}' }),
  });

const headers = z
  .array(
    z.strictObject({
      name: headerName({ title: 'Header', placeholder: 'X-Region' }),
      value: template({ title: 'Value', placeholder: '{{ fields.region }}' }),
    }),
  )
  .max(30)
  .default([])
  .meta({ title: 'Headers', description: 'A header whose value becomes empty is not sent.' });

export const headersDefinition = headers;

const query = z
  .array(pair('Parameter', 'Value'))
  .max(50)
  .default([])
  .meta({ title: 'Query', description: 'A parameter whose value becomes empty is not sent.' });

const path = z.string().trim().min(1).max(2000).meta({
  title: 'Path',
  description: 'Below the address of the server. A value fills one part between slashes and never more.',
  placeholder: '/accounts/{{ service.remoteId }}',
});

const body = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none').meta({ title: 'None' }) }).meta({ title: 'None' }),
    z
      .strictObject({
        kind: z.literal('json').meta({ title: 'JSON' }),
        json: z.json().meta({
          title: 'JSON',
          description:
            'Texts may hold templates. A text that is one template alone keeps the kind of its value: "{{ options.disk }}" becomes a number.',
        }),
      })
      .meta({ title: 'JSON' }),
    z
      .strictObject({
        kind: z.literal('form').meta({ title: 'Form' }),
        form: z
          .array(pair('Field', 'Value'))
          .max(100)
          .meta({ title: 'Fields', description: 'A field whose value becomes empty is not sent.' }),
      })
      .meta({ title: 'Form' }),
  ])
  .default({ kind: 'none' })
  .meta({ title: 'Body' });

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** One HTTP request. */
export const requestDefinition = z.strictObject({
  method: z
    .enum(METHODS)
    .default('GET')
    .meta({
      title: 'Method',
      labels: { GET: 'GET', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE' },
    }),
  path,
  query,
  headers,
  body,
});
export type RequestDefinition = z.infer<typeof requestDefinition>;

export const MEANINGS = [
  'exists',
  'not-found',
  'auth',
  'busy',
  'rate-limited',
  'capacity',
  'refused',
  'unsupported',
] as const;
export type Meaning = (typeof MEANINGS)[number];

/** What an answer means that is not "done". */
export const meaningDefinition = z.strictObject({
  when: expression({ title: 'When', placeholder: 'status == 404 && body.error == "not_found"' }),
  means: z.enum(MEANINGS).meta({
    title: 'Means',
    labels: {
      exists: 'It exists already',
      'not-found': 'It is not there',
      auth: 'The login was refused',
      busy: 'Busy: nobody knows whether it was done',
      'rate-limited': 'Too many calls: try later, nothing was done',
      capacity: 'The panel is full',
      refused: 'Refused: the order does not fit',
      unsupported: 'The panel cannot do this',
    },
  }),
  words: expression({
    title: "The panel's words",
    description: 'Where the answer says why. Left empty: a message that is found in it.',
    placeholder: 'body.message',
  }).optional(),
});
export type MeaningDefinition = z.infer<typeof meaningDefinition>;

export const meanings = z
  .array(meaningDefinition)
  .max(50)
  .default([])
  .meta({ title: 'What answers mean', description: 'The first line that holds counts.' });

const answer = z
  .enum(['json', 'text', 'none'])
  .default('json')
  .meta({
    title: 'Answer',
    description: 'An answer of another kind is never taken for a yes.',
    labels: { json: 'JSON', text: 'Plain text', none: 'Nothing but a status' },
  });

const statuses = z
  .array(z.int().min(100).max(599).meta({ title: 'Status' }))
  .min(1)
  .max(20)
  .default([200, 201, 202, 204])
  .meta({ title: 'Statuses that mean done' });

const doneWhen = expression({
  title: 'Done when',
  description: 'Left empty, the status alone decides. Plain text needs it.',
  placeholder: 'body.success == true',
}).optional();

const keep = (hints: { title: string; description: string }) =>
  z
    .array(
      z.strictObject({
        name: name({ title: 'Name', placeholder: 'task' }),
        value: expression({ title: 'Value', placeholder: 'headers.location.split("/")[2]' }),
      }),
    )
    .max(20)
    .default([])
    .meta(hints);

/** Asks before a call whether its work is done already, so that repeating an operation makes nothing twice. */
export const lookUpDefinition = z.strictObject({
  request: requestDefinition.meta({ title: 'Request' }),
  answer,
  there: expression({
    title: 'It is there when',
    description: 'Then the call is left out.',
    placeholder: 'status == 200',
  }),
  ours: expression({
    title: 'And ours when',
    description: 'What is there and not ours ends the operation: it belongs to somebody else.',
    placeholder: 'body.description == service.id',
  }).optional(),
  keep: keep({
    title: 'Keep from this answer',
    description: 'When it is there: what the call itself would have told.',
  }),
});
export type LookUpDefinition = z.infer<typeof lookUpDefinition>;

/** How to ask a panel that answered "accepted" whether it is done. */
export const waitDefinition = z.strictObject({
  path: path.meta({ title: 'Path', placeholder: '/tasks/{{ kept.task }}' }),
  query,
  wanted: expression({
    title: 'Wait when',
    description: 'Which answers mean "accepted". Left empty: each answer that is done.',
    placeholder: 'status == 202',
  }).optional(),
  done: expression({ title: 'Done when', placeholder: 'body.state == "finished"' }),
  failed: expression({ title: 'Failed when', placeholder: 'body.state == "failed"' }),
  gone: expression({
    title: 'Forgotten when',
    description: 'The panel no longer knows the work: nobody knows how it ended.',
    placeholder: 'status == 404',
  }).optional(),
  note: expression({ title: 'What staff read meanwhile', placeholder: 'body.step' }).optional(),
  percent: expression({ title: 'Percent done', placeholder: 'body.progress' }).optional(),
  everySeconds: z.int().min(1).max(600).default(10).meta({ title: 'Ask again after', unit: 's' }),
  forSeconds: z.int().min(1).max(86_400).default(3600).meta({ title: 'Give up after', unit: 's' }),
});
export type WaitDefinition = z.infer<typeof waitDefinition>;

/** One call of an operation: what is asked, and what its answer means. */
export const callDefinition = z.strictObject({
  title: title({ title: 'Name', description: 'What this call does, for messages.', placeholder: 'Make the account' }),
  when: expression({
    title: 'Only when',
    description: 'Left empty: always.',
    placeholder: 'settings.backups == true',
  }).optional(),
  lookUp: lookUpDefinition.optional().meta({ title: 'Look first' }),
  request: requestDefinition.meta({ title: 'Request' }),
  changes: z
    .boolean()
    .optional()
    .meta({ title: 'Changes something', description: 'Left empty: everything but GET does.' }),
  answer,
  statuses,
  doneWhen,
  meanings,
  fine: z
    .array(
      z.enum(['exists', 'not-found']).meta({
        title: 'Meaning',
        labels: { exists: 'It exists already', 'not-found': 'It is not there' },
      }),
    )
    .max(2)
    .default([])
    .meta({ title: 'Also done when', description: 'For calls that may be repeated.' }),
  keep: keep({
    title: 'Keep from the answer',
    description: 'For later calls and for the result, as kept.<name>.',
  }),
  wait: waitDefinition.optional().meta({ title: 'Wait until it is done' }),
});
export type CallDefinition = z.infer<typeof callDefinition>;

/** Calls in a row; the operation is done when all of them are. */
export const calls = z.array(callDefinition).min(1).max(12).meta({ title: 'Calls' });

export const note = words({ title: 'Note', description: 'For whoever reads the definition.' }, 1000).optional();
