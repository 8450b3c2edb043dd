import { z } from 'zod';

/**
 * A panel that chooses the password itself and answers it, as many do, and whose login goes wrong: it leads elsewhere, or
 * its trouble quotes the link. The test plants password and links by the environment.
 */
export default {
  name: 'Answers a password',
  slug: 'answers-password',
  version: '1.0.0',
  type: 'custom',
  configSchema: z.object({ key: z.string().meta({ secret: true }) }),
  testConnection: async () => true,
  create: async (service) => ({
    remoteId: `remote-${service.id}`,
    username: `u${service.id.slice(-8)}`,
    password: process.env.PLANTED_ACCOUNT_PASSWORD,
  }),
  suspend: async () => true,
  unsuspend: async () => true,
  terminate: async () => true,
  changePassword: async () => true,
  getSSOUrl: async ({ domain }) => {
    if (domain?.startsWith('quoted'))
      throw new Error(`https://panel.example.com/login/${process.env.PLANTED_QUOTED_LOGIN} did not answer`);
    return `https://elsewhere.example/login/${process.env.PLANTED_FOREIGN_LOGIN}`;
  },
};
