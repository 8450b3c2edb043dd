import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const sentEvent = z.object({ id: z.string().optional(), name: z.string(), data: z.record(z.string(), z.unknown()) });
export type SentEvent = z.infer<typeof sentEvent>;

/** Takes events where an executor would, and keeps them: what was announced can be looked at and played. */
export async function startEventCatcher() {
  const events: SentEvent[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const parsed = z.union([z.array(sentEvent), sentEvent.transform((event) => [event])]).parse(JSON.parse(body));
      events.push(...parsed);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ids: parsed.map((event) => event.id ?? 'none'), status: 200 }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP listener always has one
  process.env.INNGEST_DEV = '0';
  process.env.INNGEST_BASE_URL = `http://127.0.0.1:${port}`;
  process.env.INNGEST_EVENT_KEY = 'event-key-of-tests';
  process.env.INNGEST_SIGNING_KEY = `signkey-test-${'0'.repeat(64)}`;
  return {
    events,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
