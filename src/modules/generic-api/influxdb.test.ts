import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import definition from './definitions/influxdb.json';
import { createThroughKills, openRealBench, type RealBench } from './testing/real-bench';
import { freePorts, isInstalled, type RealProgram, startProgram } from './testing/real-program';

const SERVER = '/usr/bin/influxd';
const ADMIN = { username: 'provisioning', password: 'a-long-admin-password' };

async function startInflux(): Promise<RealProgram> {
  const [http = 0, backup = 0] = await freePorts(2);
  const url = `http://127.0.0.1:${http}`;
  return startProgram({
    url,
    prepare: (folder) => {
      const lines = [
        'reporting-disabled = true',
        `bind-address = "127.0.0.1:${backup}"`,
        `[meta]\ndir = "${folder}/meta"`,
        `[data]\ndir = "${folder}/data"\nwal-dir = "${folder}/wal"`,
        `[http]\nbind-address = "127.0.0.1:${http}"\nauth-enabled = true\nlog-enabled = false`,
        '[monitor]\nstore-enabled = false',
      ];
      writeFileSync(`${folder}/influxdb.conf`, lines.join('\n'));
      return [SERVER, '-config', `${folder}/influxdb.conf`];
    },
    isReady: async () => {
      const q = `CREATE USER "${ADMIN.username}" WITH PASSWORD '${ADMIN.password}' WITH ALL PRIVILEGES`;
      return (await fetch(`${url}/query`, { method: 'POST', body: new URLSearchParams({ q }) })).ok;
    },
  });
}

describe.runIf(isInstalled('InfluxDB', SERVER, 'influxdb'))('a real InfluxDB', () => {
  let program: RealProgram;
  let bench: RealBench;
  beforeAll(async () => {
    program = await startInflux();
    bench = openRealBench(definition, { baseUrl: program.url, ...ADMIN });
  }, 60_000);
  afterAll(() => program?.stop(), 20_000);

  const loginOf = (user: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  });
  const ask = async (q: string, user: string = ADMIN.username, password: string = ADMIN.password) => {
    const body = new URLSearchParams({ q });
    const answer = await fetch(`${program.url}/query`, { method: 'POST', headers: loginOf(user, password), body });
    return JSON.stringify(await answer.json());
  };
  const write = async (database: string, user: string | null, password: string | null) => {
    const headers = loginOf(user ?? '', password ?? '');
    const address = `${program.url}/write?db=${encodeURIComponent(database)}`;
    return (await fetch(address, { method: 'POST', headers, body: 'cpu,host=a value=1' })).status;
  };

  it('connects, and calls a wrong password what it is', async () => {
    const { module, server, context } = bench;
    expect(await module.testConnection(server, context())).toBe(true);
    expect(await module.getServerInfo?.(server, context())).toMatchObject({ version: expect.stringMatching(/^1\./) });
    const wrong = { ...server, credentials: { baseUrl: program.url, ...ADMIN, password: 'wrong' } };
    await expect(module.testConnection(wrong, context())).rejects.toMatchObject({ kind: 'auth', outcome: 'not-done' });
  });

  it('provisions, suspends, resumes, measures and removes', async () => {
    const { module, server, context } = bench;
    const made = bench.service(1, { days: 7 });
    const { username, password } = made;
    const { remoteId = '' } = await module.create(made, server, context());
    const service = { ...made, remoteId };
    const status = async () => (await module.getAccount?.(service, server, context()))?.status;
    expect(await ask(`SHOW RETENTION POLICIES ON "${remoteId}"`)).toContain(`["${service.id}","168h0m0s"`);
    expect([await status(), await write(remoteId, username, password)]).toEqual(['active', 204]);

    for (const _ of [1, 2]) expect(await module.suspend(service, server, context())).toBe(true);
    expect([await status(), await write(remoteId, username, password)]).toEqual(['suspended', 403]);
    for (const _ of [1, 2]) expect(await module.unsuspend(service, server, context())).toBe(true);
    expect([await status(), await write(remoteId, username, password)]).toEqual(['active', 204]);

    const usage = await module.getUsage?.(service, server, context());
    expect(usage?.diskUsed).toBeGreaterThan(0);
    expect(usage).toMatchObject({ diskLimit: Number.POSITIVE_INFINITY, bandwidthUsed: Number.NaN });

    expect(await module.changePassword(service, server, `it's "new" \\ 7`, context())).toBe(true);
    expect(await write(remoteId, username, `it's "new" \\ 7`)).toBe(204);
    const to = { moduleSettings: { days: 60 }, configOptions: [] };
    const from = { moduleSettings: { days: 7 }, configOptions: [] };
    expect(await module.changePackage?.(service, server, { from, to }, context())).toBe(true);
    expect(await ask(`SHOW RETENTION POLICIES ON "${remoteId}"`)).toContain('1440h0m0s');

    for (const _ of [1, 2]) expect(await module.terminate(service, server, context())).toBe(true);
    expect(await module.getAccount?.(service, server, context())).toBeNull();
    expect(await ask('SHOW USERS')).not.toContain(remoteId);
    await expect(module.suspend(service, server, context())).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('is killed after each answer of a create and makes one whole account', async () => {
    const { module, server, context } = bench;
    const service = bench.service(2);
    expect(await createThroughKills(bench, service)).toBeGreaterThan(2);
    expect(await module.getAccount?.(service, server, context())).toMatchObject({ externalId: service.id });
    expect(await write(service.username ?? '', service.username, service.password)).toBe(204);
  });

  it('touches neither a database nor a user that somebody else made', async () => {
    const { module, server, context } = bench;
    const [database, user] = [bench.service(3), bench.service(4)];
    await ask(`CREATE DATABASE "${database.username}"`);
    await expect(module.create(database, server, context())).rejects.toMatchObject({ kind: 'conflict' });
    expect((await module.getAccount?.(database, server, context()))?.externalId).not.toBe(database.id);
    await ask(`CREATE USER "${user.username}" WITH PASSWORD 'theirs'`);
    await expect(module.create(user, server, context())).rejects.toMatchObject({ kind: 'conflict' });
    expect(await ask(`SHOW GRANTS FOR "${user.username}"`)).not.toContain('values');
  });

  it('quotes names so that they end no statement', async () => {
    const { module, server, context } = bench;
    const username = 'x"; DROP DATABASE "kept"; --';
    await ask('CREATE DATABASE "kept"');
    await module.create(
      { ...bench.service(5), username, password: `p'; DROP USER "${ADMIN.username}"` },
      server,
      context(),
    );
    const names = JSON.parse(await ask('SHOW DATABASES')).results[0].series[0].values.flat();
    expect(names).toEqual(expect.arrayContaining(['kept', username]));
    expect(await ask('SHOW USERS')).toContain(`"${ADMIN.username}",true`);
  });
});
