// A server module as somebody writes it who read the interface and nothing else: a class, (service, server) parameters,
// its own fetch, true or false. Loaded by HYBLE_MODULES in the stories.
import { z } from 'zod';

async function call(server, method, path, body) {
  const answer = await fetch(`${server.credentials.url}${path}`, {
    method,
    headers: { authorization: server.credentials.token, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return answer.ok ? answer.json() : false;
}

export default class PlainPanel {
  name = 'Plain panel';
  slug = 'plain-panel';
  version = '0.1.0';
  configSchema = z.object({
    url: z.url().meta({ title: 'Address of the plain panel' }),
    token: z.string().min(1).meta({ title: 'Access token', secret: true, description: 'Under Account, Tokens.' }),
    region: z.enum(['east', 'west']).meta({ title: 'Region' }),
  });

  testConnection = async (server) => Boolean(await call(server, 'GET', '/ping'));

  async create(service, server) {
    const made = await call(server, 'POST', '/accounts', { domain: service.domain, region: server.credentials.region });
    if (!made) throw new Error('The plain panel said no.');
    return { username: made.user, password: 'given-by-the-panel' };
  }

  suspend = async (service, server) => Boolean(await call(server, 'POST', `/accounts/${service.username}/suspend`));
  unsuspend = async (service, server) => Boolean(await call(server, 'POST', `/accounts/${service.username}/resume`));
  terminate = async (service, server) => Boolean(await call(server, 'DELETE', `/accounts/${service.username}`));
  changePassword = async () => true;
}
