// npm run scenarios: the scenario suite against the Inngest server that INNGEST_TEST_URL names, with the expectations that
// the embedded executor is held to, and writes down how it went. See docs/deploy.md.
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Inngest } from 'inngest';
import { serve } from 'inngest/node';
import { scenarioFunctions } from '../inngest/scenarios/functions';
import { createNotes } from '../inngest/scenarios/notes';
import { runSuite } from '../inngest/scenarios/suite';

const RESULT = fileURLToPath(new URL('../inngest/scenarios/last-run.json', import.meta.url));
const { INNGEST_TEST_URL: url, INNGEST_TEST_EVENT_KEY: eventKey, INNGEST_TEST_SIGNING_KEY: signingKey } = process.env;
if (!url) {
  console.error(
    'Name the server: INNGEST_TEST_URL=http://127.0.0.1:8288 npm run scenarios (a dev server; a self-hosted one also needs\n' +
      'INNGEST_TEST_EVENT_KEY and INNGEST_TEST_SIGNING_KEY). It must reach 127.0.0.1 of this machine.',
  );
  process.exit(1);
}

const keys = eventKey && signingKey ? { isDev: false, eventKey, signingKey } : { isDev: true };
// Of its own for every run: a server keeps what it was told of an application.
const id = `scenarios-${Date.now().toString(36)}`;
const client = new Inngest({ id, baseUrl: url, aiMetadata: false, checkpointing: false, ...keys });
const notes = createNotes();
const server = http.createServer(serve({ client, functions: scenarioFunctions(client, notes) }));
await new Promise<void>((resolve) => server.listen(Number(process.env.INNGEST_TEST_PORT ?? 0), '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo; // a TCP server that listens has such an address
const sync = await fetch(`http://127.0.0.1:${port}/api/inngest`, { method: 'PUT' });
if (!sync.ok) throw new Error(`The sync with the Inngest server failed (${sync.status}): ${await sync.text()}`);
const verdicts = await runSuite({ client, notes });
server.closeAllConnections();
server.close();

const result = {
  server: process.env.INNGEST_TEST_VERSION ?? (await versionOf(url)),
  sdk: sdkVersion(),
  date: new Date().toISOString().slice(0, 10),
  scenarios: Object.fromEntries(verdicts.map(({ scenario, trouble }) => [scenario, trouble ?? 'as expected'])),
};
writeFileSync(RESULT, `${JSON.stringify(result, null, 2)}\n`);
const wrong = verdicts.filter(({ trouble }) => trouble !== null);
for (const { scenario, trouble } of wrong) console.error(`${scenario}: ${trouble}`);
console.log(
  `${verdicts.length - wrong.length} of ${verdicts.length} scenarios as expected on Inngest ${result.server}.`,
);
process.exit(wrong.length > 0 ? 1 : 0);

function sdkVersion(): string {
  const path = fileURLToPath(new URL('../node_modules/inngest/package.json', import.meta.url));
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

async function versionOf(server: string): Promise<string> {
  try {
    const answer = await fetch(new URL('/dev', server));
    const { version } = (await answer.json()) as { version?: string };
    return version ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
