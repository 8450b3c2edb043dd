import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { forgetTries } from '@/lib/rate-limit';
import { clearAudit } from '@/lib/testing/clear-audit';
import { cpanelSimulator } from '@/modules/cpanel/simulator';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { checkServer } from '../health/check-server';
import { setLoginHosts } from './login-hosts';
import { getServerDetail } from './queries';
import { loginHostsInput } from './schema';
import { testStoredServer } from './test-stored-server';

const ctx = systemContext('login hosts');
const world = {} as { panel: Simulator; moduleId: string; serverId: string };

beforeAll(async () => {
  world.panel = await startSimulator(cpanelSimulator);
  process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = new URL(world.panel.url).port;
  world.moduleId = (await makeServerModule({ slug: 'cpanel' })).id;
});
afterAll(() => world.panel.stop());
beforeEach(async () => {
  await forgetTries('connection-test', ctx.actor.name);
  await clearAudit();
  const { moduleId, panel } = world;
  const config = panel.credentials;
  world.serverId = (
    await makeServer({
      moduleId,
      config,
      hostname: 'Elm.Hosting.Example',
    })
  ).id;
});

const testIt = () => testStoredServer(ctx, { id: world.serverId, part: 'all', language: 'en' });
const hosts = async () => (await getServerDetail(world.serverId)).loginHosts.map(({ host, why }) => `${why} ${host}`);
const OWN = ['hostname elm.hosting.example', 'endpoint 127.0.0.1'];
const LEARNED = [...OWN, 'allowed host.example.com'];

describe('the hosts that login links may lead to', () => {
  it('are the server’s own names, and the panel’s name for itself once a test found it', async () => {
    expect(await hosts()).toEqual(OWN);
    expect((await testIt()).ok).toBe(true);
    expect(await hosts()).toEqual(LEARNED);
    expect(await db.auditEntry.findMany({ where: { action: 'server.login-hosts' } })).toMatchObject([
      { before: { loginHosts: [] }, after: { loginHosts: ['host.example.com'] } },
    ]);
  });

  it('are found by the first regular check too', async () => {
    await checkServer(world.serverId);
    expect(await hosts()).toEqual(LEARNED);
  });

  it('are what an administrator says, and no test adds to that', async () => {
    await setLoginHosts(
      ctx,
      loginHostsInput.parse({ id: world.serverId, hosts: ['Login.Example.net', 'login.example.net'] }),
    );
    await testIt();
    expect(await hosts()).toEqual([...OWN, 'allowed login.example.net']);
  });

  it.each(['https://evil.example/', 'a b', 'evil.example/path', 'me@evil.example', ''])('refuse "%s"', (host) => {
    expect(loginHostsInput.safeParse({ id: world.serverId, hosts: [host] }).success).toBe(false);
  });
});
