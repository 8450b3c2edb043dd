// The application side of the executor bench: a function of four steps that do nothing, or all functions of the panel.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Inngest } from 'inngest';
import { serve } from 'inngest/node';
import { copyEnvironment } from '@/env';

copyEnvironment(); // as the web process does

const [what] = process.argv.slice(2);
/** Milliseconds from sending an event to the beginning of its first step. */
const waits: number[] = [];

async function handlerOf(): Promise<http.RequestListener> {
  if (what === 'panel') {
    const [{ inngest }, { functions }] = await Promise.all([import('~inngest/client'), import('~inngest/functions')]);
    return serve({ client: inngest, functions });
  }
  const client = new Inngest({ id: 'bench', checkpointing: false, aiMetadata: false });
  const four = client.createFunction({ id: 'four', triggers: [{ event: 'four' }] }, async ({ event, step }) => {
    const first = await step.run('first', () => {
      waits.push(Date.now() - event.data.sentAt);
      return { n: event.data.n };
    });
    const second = await step.run('second', () => ({ n: first.n + 1 }));
    const third = await step.run('third', () => ({ n: second.n + 1 }));
    return step.run('fourth', () => ({ n: third.n + 1 }));
  });
  return serve({ client, functions: [four] });
}

const handler = await handlerOf();
const server = http.createServer((request, response) => {
  if (request.url === '/api/health') response.end('{}');
  else handler(request, response);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ waits: waits.splice(0), cpu: (user + system) / 1e6 });
});
process.on('disconnect', () => process.exit(0));
