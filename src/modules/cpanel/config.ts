import { z } from 'zod';
import { line, secret } from '@/modules/sdk/fields';

/** Ports of the same machine that speak, but not this API. */
const OTHER_PORTS: Record<number, string> = {
  2082: "cPanel's own port for customers",
  2083: "cPanel's own port for customers",
  2095: 'the port of webmail',
  2096: 'the port of webmail',
};
const PLAIN_PORT = 2086;
const TLS_PORT = 2087;

/** Connection settings of one WHM, as root or as a reseller. */
export const cpanelConfig = z
  .strictObject({
    hostname: line({
      title: 'Host name',
      description: 'The name under which WHM is reached, without https:// and without a port.',
      placeholder: 'host.example.com',
    })
      .toLowerCase()
      .regex(/^(?![-.])[a-z0-9.-]+$|^\[[0-9a-f:]+\]$/, 'Expected a host name such as host.example.com'),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .default(TLS_PORT)
      .meta({ title: 'Port', description: '2087 with encryption, 2086 without.' }),
    username: line({ title: 'User name', description: 'root, or the reseller whose token it is.' }, 64)
      .toLowerCase()
      .regex(/^[a-z0-9_.-]+$/, 'Expected a user name such as root')
      .default('root'),
    // An access hash is shown on 29 lines; the panel wants it on one.
    accessHash: secret({
      title: 'API token',
      description: 'Made in WHM under Development → Manage API Tokens. An old access hash works too.',
    }).overwrite((text) => text.replace(/\s+/g, '')),
    useSsl: z.boolean().default(true).meta({
      title: 'Encrypted (TLS)',
      description: 'Without it WHM may only be on this machine or a private network.',
    }),
  })
  .superRefine(({ port, useSsl }, ctx) => {
    const other = OTHER_PORTS[port];
    const message = other
      ? `Port ${port} is ${other}. WHM answers on 2087.`
      : port === PLAIN_PORT && useSsl
        ? 'Port 2086 is without encryption. Use 2087.'
        : port === TLS_PORT && !useSsl
          ? 'Port 2087 is with encryption. Switch it on.'
          : null;
    if (message) ctx.addIssue({ code: 'custom', path: ['port'], message });
  });
export type CpanelConfig = z.infer<typeof cpanelConfig>;

/** What a product sets. */
export const cpanelSettings = z.strictObject({
  plan: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .regex(/^[^\p{Cc}/\\]+$/u, 'Expected the name of a package in WHM')
    .meta({
      title: 'Package',
      description: 'The package in WHM that new accounts get.',
      placeholder: 'default',
      choices: 'packages',
    }),
  ip: z
    .enum(['shared', 'dedicated'])
    .default('shared')
    .meta({
      title: 'IP address',
      description: 'A dedicated one needs a free address in WHM.',
      labels: { shared: 'Shared', dedicated: 'Dedicated' },
    }),
  shell: z
    .boolean()
    .default(false)
    .meta({ title: 'Shell access', description: 'Whether the account may log in by SSH.' }),
  contactEmail: z.email().max(253).optional().meta({
    title: 'Contact e-mail',
    description: "Where cPanel sends its notices; the customer's own address when empty.",
  }),
});
export type CpanelSettings = z.infer<typeof cpanelSettings>;
