// `npm run demo`: the whole program on sample data, with simulated panels and a mailbox, nothing else needed.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isBuilt } from './build-stamp.mjs';
import { freePort } from './postgres.mjs';
import { root, runSteps } from './steps.mjs';
import { writePrivate } from './supervisor/data-folder.mjs';
import { startNodeChild } from './supervisor/node-child.mjs';
import { runUntilSignal, say, toFiles } from './supervisor/screen.mjs';
import { supervise } from './supervisor.mjs';

const PANELS = [
  { slug: 'pickaxe', name: 'oak' },
  { slug: 'pickaxe', name: 'birch' },
  { slug: 'cpanel', name: 'elm' },
  // No module of the program's own speaks with it: it is there to be connected by a definition.
  { slug: 'generic-depot', name: 'alder' },
];
const TIME_LIMIT_SECONDS = '3';

if (!isBuilt()) {
  say('Building the panel; this takes about half a minute and is done once.');
  if (!runSteps([{ name: 'build', command: [process.execPath, 'scripts/build.mjs'] }])) process.exit(1);
}

await runUntilSignal(async (onHopeless) => {
  const folder = resolve(process.env.HYBLE_DATA_DIR || './demo-data');
  const outputOf = toFiles(folder);
  const demo = {};
  say('Starting database, panels, mailbox and web ...');
  const running = await supervise({
    mode: 'demo',
    dataDir: folder,
    log: say,
    outputOf,
    onHopeless,
    companions: (place) => companions(place, demo),
  });
  await seed({ running, folder, outputOf, demo });
  return { stop: running.stop, ...announce(running, demo, folder) };
});

/** What runs beside the panel in a demo only. Ports stay the same over restarts: the sample servers are stored with them. */
async function companions(folder, demo) {
  const state = await readState(folder);
  Object.assign(demo, state);
  const [http, smtp] = state.mailPorts;
  const panels = state.panels.map((panel) => ({ ...panel, stateFile: join(folder, `simulator-${panel.name}.json`) }));
  return [
    {
      name: 'mailbox',
      args: ['--enable-source-maps', 'build/mail-catcher.mjs'],
      settings: { httpPort: http, smtpPort: smtp },
      env: ({ url }) => {
        demo.mailbox = url;
        return { SMTP_URL: `smtp://127.0.0.1:${smtp}` };
      },
    },
    {
      name: 'simulated panels',
      args: ['--enable-source-maps', 'build/simulators.mjs'],
      settings: panels,
      env: ({ simulators }) => {
        demo.simulators = simulators;
        return {
          OUTBOUND_ALLOW_LOOPBACK_PORTS: state.panels.map(({ port }) => port).join(','),
          HYBLE_TIME_LIMIT_SECONDS: process.env.HYBLE_TIME_LIMIT_SECONDS || TIME_LIMIT_SECONDS,
        };
      },
    },
  ];
}

/** Ports and sign-ins of this demo, chosen at its first start; panels that a newer release adds get theirs then. */
async function readState(folder) {
  const file = join(folder, 'demo-state.json');
  const old = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const known = old.panels ?? [];
  const taken = new Set([...(old.mailPorts ?? []), ...known.flatMap(({ port, controlPort }) => [port, controlPort])]);
  const newPort = async () => {
    let port = await freePort();
    while (taken.has(port)) port = await freePort();
    taken.add(port);
    return port;
  };
  const isKnown = (panel) => known.some(({ slug, name }) => slug === panel.slug && name === panel.name);
  const panels = [...known];
  for (const panel of PANELS.filter((wanted) => !isKnown(wanted))) {
    panels.push({ ...panel, port: await newPort(), controlPort: await newPort() });
  }
  const password = () => randomBytes(9).toString('base64url');
  const state = {
    mailPorts: old.mailPorts ?? [await newPort(), await newPort()],
    panels,
    admin: old.admin ?? { email: 'admin@demo.example', password: password() },
    customer: old.customer ?? { email: 'customer@demo.example', password: password() },
  };
  writePrivate(file, state);
  return state;
}

/** Loads the sample data once; the orders in it go through the running panel like anybody's. */
async function seed({ running, folder, outputOf, demo }) {
  const done = join(folder, 'seeded');
  if (existsSync(done) || !existsSync(join(root, 'build', 'seed.mjs'))) return;
  say('Loading sample data ...');
  const env = {
    ...running.env,
    HYBLE_DEMO_SIMULATORS: JSON.stringify(demo.simulators),
    HYBLE_DEMO_ADMIN: JSON.stringify(demo.admin),
    HYBLE_DEMO_CUSTOMER: JSON.stringify(demo.customer),
  };
  const child = await startNodeChild({
    args: ['--enable-source-maps', 'build/seed.mjs'],
    cwd: root,
    env,
    output: outputOf('seed'),
  });
  const { code } = await child.exited;
  // The panel is of use without sample data too, and the next start tries again.
  if (code === 0) writeFileSync(done, `${new Date().toISOString()}\n`);
  else say(`The sample data could not be loaded:\n${child.lastWords()}`);
}

function announce(running, demo, folder) {
  const { admin, customer, mailbox } = demo;
  const simulators = demo.simulators.map(({ slug, name, url, control }) => ({ slug, name, url, control }));
  writePrivate(join(folder, 'demo.json'), { url: running.publicUrl, admin, customer, mailbox, simulators });
  say(`
  Hyble Provisioning, demo     ${running.publicUrl}

  staff                        ${admin.email}   ${admin.password}
  customer                     ${customer.email}   ${customer.password}
  mailbox                      ${mailbox}
${simulators.map(({ slug, name, control }) => `  simulated ${`${slug} ${name}`.padEnd(18)} ${control}/state`).join('\n')}

  Data and logs: ${folder}   Stop: Ctrl-C
`);
  return { url: running.publicUrl };
}
