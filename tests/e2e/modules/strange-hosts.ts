import { request as ask, createServer } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { selfSigned } from '@/modules/sdk/testing/self-signed';

export interface StrangeHosts {
  /** Answers every address with a web page. */
  website: string;
  /** Nothing listens there. */
  closed: string;
  /** The panel itself, behind a certificate that nobody vouches for. */
  selfSigned: string;
  stop: () => void;
}

/** What somebody may have typed instead of a panel's address, and a panel with a certificate of its own. */
export async function startStrangeHosts(panel: string): Promise<StrangeHosts> {
  const website = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Welcome to nginx!</title>');
  });
  const { cert, key } = selfSigned('127.0.0.1');
  const secure = createHttps({ cert, key }, (request, response) => {
    const { method, headers, url } = request;
    const forward = ask(new URL(url ?? '/', panel), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forward.on('error', () => response.destroy());
    request.pipe(forward);
  });
  const gone = createTcp();
  for (const server of [website, secure, gone])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port; // IP listeners always have one
  const hosts = {
    website: `http://127.0.0.1:${portOf(website)}`,
    selfSigned: `https://127.0.0.1:${portOf(secure)}`,
    closed: `http://127.0.0.1:${portOf(gone)}`,
  };
  await new Promise((resolve) => gone.close(resolve));
  return {
    ...hosts,
    stop: () => {
      for (const server of [website, secure]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
