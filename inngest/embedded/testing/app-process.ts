import { appendFileSync, existsSync } from 'node:fs';
import { createClient, startApp, until } from './harness';

// An application in a process of its own, to be killed. It writes what happened to a file and waits in the middle of its
// step until the file `<log>.go` exists.
const [port, executorPort, file] = process.argv.slice(2);
if (!file) throw new Error('usage: app-process <port> <executor port> <log file>');
const note = (text: string) => appendFileSync(file, `${text}\n`);
const client = createClient(Number(executorPort));
const slow = client.createFunction(
  { id: 'slow', retries: 3, triggers: [{ event: 'slow' }] },
  async ({ step, attempt }) => {
    await step.run('first', () => note('first'));
    await step.run('middle', async () => {
      note(`middle ${attempt}`);
      await until('the go', () => existsSync(`${file}.go`), 60_000);
    });
    await step.run('last', () => note('last'));
  },
);
await startApp(client, [slow], Number(port));
process.once('disconnect', () => process.exit(0));
process.send?.('listening');
