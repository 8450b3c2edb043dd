import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import definition from './definitions/powerdns.json';
import { createThroughKills, openRealBench, type RealBench } from './testing/real-bench';
import { freePorts, isInstalled, type RealProgram, startProgram } from './testing/real-program';

const SCHEMA = '/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql';
const KEY = 'a-long-key-of-the-api';
const installed =
  isInstalled('PowerDNS', '/usr/sbin/pdns_server', 'pdns-server') &&
  isInstalled("PowerDNS's storage", SCHEMA, 'pdns-backend-sqlite3') &&
  isInstalled('SQLite', '/usr/bin/sqlite3', 'sqlite3');

async function startPowerDns(): Promise<RealProgram> {
  const [dns = 0, http = 0] = await freePorts(2);
  const url = `http://127.0.0.1:${http}/api/v1`;
  return startProgram({
    url,
    prepare: (folder) => {
      mkdirSync(`${folder}/conf`);
      execFileSync('/usr/bin/sqlite3', [`${folder}/zones.sqlite`], { input: readFileSync(SCHEMA) });
      return [
        '/usr/sbin/pdns_server',
        `--config-dir=${folder}/conf`,
        '--launch=gsqlite3',
        `--gsqlite3-database=${folder}/zones.sqlite`,
        `--socket-dir=${folder}`,
        '--daemon=no',
        '--guardian=no',
        '--write-pid=no',
        // It asks the makers for news at each start.
        '--security-poll-suffix=',
        '--local-address=127.0.0.1',
        `--local-port=${dns}`,
        '--webserver=yes',
        '--webserver-address=127.0.0.1',
        `--webserver-port=${http}`,
        '--api=yes',
        `--api-key=${KEY}`,
      ];
    },
    isReady: async () => (await fetch(`${url}/servers`, { headers: { 'x-api-key': KEY } })).ok,
  });
}

describe.runIf(installed)('a real PowerDNS', () => {
  let program: RealProgram;
  let bench: RealBench;
  beforeAll(async () => {
    program = await startPowerDns();
    bench = openRealBench(definition, { baseUrl: program.url, key: KEY });
  }, 60_000);
  afterAll(() => program?.stop(), 20_000);

  const zones = (rest: string, init: RequestInit = {}) =>
    fetch(`${program.url}/servers/localhost/zones${rest}`, { ...init, headers: { 'x-api-key': KEY } });

  it('connects, and calls a wrong key what it is', async () => {
    const { module, server, context } = bench;
    expect(await module.testConnection(server, context())).toBe(true);
    expect(await module.getServerInfo?.(server, context())).toMatchObject({ version: expect.stringMatching(/^\d/) });
    const wrong = { ...server, credentials: { baseUrl: program.url, key: 'wrong' } };
    await expect(module.testConnection(wrong, context())).rejects.toMatchObject({ kind: 'auth', outcome: 'not-done' });
  });

  it('makes a zone with our id as its account, finds and removes it', async () => {
    const { module, server, context } = bench;
    const settings = { nameserver1: 'ns1.hoster.example', nameserver2: 'ns2.hoster.example' };
    const service = bench.service(1, settings);
    expect(await module.getAccount?.(service, server, context())).toBeNull();
    expect(await module.create(service, server, context())).toMatchObject({
      remoteId: 'order-1.example.com.',
      nameservers: ['ns1.hoster.example', 'ns2.hoster.example'],
    });
    const stored = await (await zones('/order-1.example.com.')).json();
    expect(stored).toMatchObject({ account: service.id, kind: 'Native' });
    expect(JSON.stringify(stored.rrsets)).toContain('ns2.hoster.example.');
    expect(await module.getAccount?.(service, server, context())).toMatchObject({
      remoteId: 'order-1.example.com.',
      domain: 'order-1.example.com',
      externalId: service.id,
      status: 'active',
    });
    // What the definition does not have, the module cannot do.
    expect(module.supports).toEqual({ suspend: false, unsuspend: false, changePassword: false });
    await expect(module.suspend(service, server, context())).rejects.toMatchObject({ outcome: 'not-done' });
    expect(await module.terminate(service, server, context())).toBe(true);
    expect((await zones('/order-1.example.com.')).status).toBe(404);
    await expect(module.terminate(service, server, context())).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('makes one zone when it is killed, and leaves a zone of somebody else alone', async () => {
    const { module, server, context } = bench;
    const service = bench.service(2);
    await createThroughKills(bench, service);
    await expect(module.create(service, server, context())).rejects.toMatchObject({ kind: 'conflict' });
    await zones('', { method: 'POST', body: JSON.stringify({ name: 'order-3.example.com.', kind: 'Native' }) });
    const theirs = bench.service(3);
    await expect(module.create(theirs, server, context())).rejects.toMatchObject({
      kind: 'conflict',
      outcome: 'refused',
    });
    const found = await module.getAccount?.(theirs, server, context());
    expect(found?.externalId).not.toBe(theirs.id);
    const listed: string[] = [];
    for await (const { domain = '' } of module.listAccounts?.(server, context()) ?? []) listed.push(domain);
    expect(listed.toSorted()).toEqual(['order-2.example.com', 'order-3.example.com']);
  });

  it('says which field PowerDNS did not like', async () => {
    const { module, server, context } = bench;
    const service = { ...bench.service(4), domain: 'not a name' };
    await expect(module.create(service, server, context())).rejects.toMatchObject({
      kind: 'invalid-input',
      outcome: 'refused',
      words: expect.stringContaining('unsupported characters'),
    });
  });
});
