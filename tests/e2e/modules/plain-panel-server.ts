import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const TOKEN = 'plain-token-1';

export interface PlainPanelServer {
  url: string;
  accounts: Map<string, { domain: string; region: string; suspended: boolean }>;
  stop: () => void;
}

/** The panel that the plain module speaks to: accounts in memory, one token. */
export async function startPlainPanel(): Promise<PlainPanelServer> {
  const accounts: PlainPanelServer['accounts'] = new Map();
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += String(part);
    const answer = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
    if (request.headers.authorization !== TOKEN) return answer(401, {});
    const [, user = '', verb] = /^\/accounts\/(\w+)(?:\/(\w+))?$/.exec(request.url ?? '') ?? [];
    const account = accounts.get(user);
    if (request.method === 'POST' && request.url === '/accounts') {
      const name = `plain${accounts.size + 1}`;
      accounts.set(name, { ...JSON.parse(text), suspended: false });
      return answer(200, { user: name });
    }
    if (account && verb) account.suspended = verb === 'suspend';
    if (account && request.method === 'DELETE') accounts.delete(user);
    return answer(200, {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // an IP listener always has one
  return { url: `http://127.0.0.1:${port}`, accounts, stop: () => void server.close() };
}
