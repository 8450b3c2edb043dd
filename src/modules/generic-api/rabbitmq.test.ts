import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import definition from './definitions/rabbitmq.json';
import { createThroughKills, openRealBench, type RealBench } from './testing/real-bench';
import { freePorts, isInstalled, type RealProgram, startProgram } from './testing/real-program';

const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const ADMIN = { username: 'provisioning', password: 'a-long-admin-password' };
const authorization = `Basic ${Buffer.from(`${ADMIN.username}:${ADMIN.password}`).toString('base64')}`;

describe.runIf(isInstalled('RabbitMQ', SERVER, 'rabbitmq-server'))('a real RabbitMQ', () => {
  let program: RealProgram;
  let bench: RealBench;

  beforeAll(async () => {
    const [amqp = 0, http = 0, distribution = 0, names = 0] = await freePorts(4);
    const url = `http://127.0.0.1:${http}/api`;
    program = await startProgram({
      url,
      prepare: (folder) => {
        writeFileSync(`${folder}/plugins`, '[rabbitmq_management].');
        writeFileSync(
          `${folder}/rabbit.conf`,
          [
            `listeners.tcp.1 = 127.0.0.1:${amqp}`,
            'management.tcp.ip = 127.0.0.1',
            `management.tcp.port = ${http}`,
            `default_user = ${ADMIN.username}`,
            `default_pass = ${ADMIN.password}`,
            'collect_statistics_interval = 500',
          ].join('\n'),
        );
        // Its list of names is started beside it, or Erlang would start one that outlives the test.
        return ['/bin/sh', '-c', 'epmd -address 127.0.0.1 & exec "$0"', SERVER];
      },
      env: (folder) => ({
        RABBITMQ_NODENAME: `hyble${http}@localhost`,
        RABBITMQ_NODE_PORT: String(amqp),
        RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
        RABBITMQ_DIST_PORT: String(distribution),
        ERL_EPMD_PORT: String(names),
        ERL_EPMD_ADDRESS: '127.0.0.1',
        RABBITMQ_MNESIA_BASE: `${folder}/base`,
        RABBITMQ_LOG_BASE: `${folder}/log`,
        RABBITMQ_LOGS: '-',
        RABBITMQ_ENABLED_PLUGINS_FILE: `${folder}/plugins`,
        RABBITMQ_CONFIG_FILE: `${folder}/rabbit`,
        RABBITMQ_CONF_ENV_FILE: '/dev/null',
      }),
      isReady: async () => (await fetch(`${url}/vhosts`, { headers: { authorization } })).ok,
    });
    bench = openRealBench(definition, { baseUrl: url, ...ADMIN });
  }, 90_000);
  afterAll(() => program?.stop(), 20_000);

  const api = (path: string, init: RequestInit = {}) =>
    fetch(`${program.url}${path}`, {
      ...init,
      headers: { authorization, 'content-type': 'application/json' },
    });
  const asCustomer = (user: string, password: string) =>
    fetch(`${program.url}/whoami`, {
      headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    });

  it('connects, and calls a wrong password and a user without rights what they are', async () => {
    const { module, server, context } = bench;
    expect(await module.testConnection(server, context())).toBe(true);
    expect(await module.getServerInfo?.(server, context())).toMatchObject({ version: expect.stringMatching(/^\d/) });
    const wrong = { ...server, credentials: { baseUrl: program.url, ...ADMIN, password: 'wrong' } };
    await expect(module.testConnection(wrong, context())).rejects.toMatchObject({ kind: 'auth', outcome: 'not-done' });
    await api('/users/weak', { method: 'PUT', body: '{"password":"weak","tags":"management"}' });
    const weak = { ...server, credentials: { baseUrl: program.url, username: 'weak', password: 'weak' } };
    await expect(module.testConnection(weak, context())).rejects.toMatchObject({ kind: 'auth' });
  });

  it('provisions, suspends, resumes, measures and removes', async () => {
    const { module, server, context } = bench;
    const made = bench.service(1, { maxConnections: 5 });
    expect(await module.getAccount?.(made, server, context())).toBeNull();
    const { remoteId = '' } = await module.create(made, server, context());
    const service = { ...made, remoteId };
    const rights = async () => (await (await api(`/permissions/${remoteId}/${remoteId}`)).json()).write;
    const limits = async () => (await (await api(`/vhost-limits/${remoteId}`)).json())[0]?.value;
    expect(await module.getAccount?.(service, server, context())).toMatchObject({
      remoteId,
      externalId: service.id,
      status: 'active',
    });
    expect(await limits()).toEqual({ 'max-connections': 5, 'max-queues': -1 });

    expect(await module.suspend(service, server, context())).toBe(true);
    expect([await rights(), await limits()]).toEqual(['^$', { 'max-connections': 0, 'max-queues': -1 }]);
    expect((await module.getAccount?.(service, server, context()))?.status).toBe('suspended');
    expect(await module.unsuspend(service, server, context())).toBe(true);
    expect([await rights(), (await limits())['max-connections']]).toEqual(['.*', 5]);

    await api(`/queues/${remoteId}/jobs`, { method: 'PUT', body: '{"durable":true}' });
    const message = { properties: {}, routing_key: 'jobs', payload: 'x'.repeat(1000), payload_encoding: 'string' };
    const sent = { method: 'POST', body: JSON.stringify(message) };
    expect(await (await api(`/exchanges/${remoteId}/amq.default/publish`, sent)).json()).toEqual({ routed: true });
    const used = async () => (await module.getUsage?.(service, server, context()))?.diskUsed;
    await expect.poll(used, { timeout: 20_000, interval: 200 }).toBe(1000);
    expect(await module.getUsage?.(service, server, context())).toMatchObject({
      diskLimit: Number.POSITIVE_INFINITY,
      bandwidthUsed: Number.NaN,
    });

    expect(await module.changePassword(service, server, 'A-new-password-7', context())).toBe(true);
    expect((await asCustomer(remoteId, 'A-new-password-7')).status).not.toBe(200);
    expect((await api(`/users/${remoteId}`)).status).toBe(200);

    for (const _ of [1, 2]) expect(await module.terminate(service, server, context())).toBe(true);
    expect([(await api(`/vhosts/${remoteId}`)).status, (await api(`/users/${remoteId}`)).status]).toEqual([404, 404]);
    expect(await module.getAccount?.(service, server, context())).toBeNull();
    await expect(module.suspend(service, server, context())).rejects.toMatchObject({ kind: 'not-found' });
  }, 40_000);

  it('is killed after each answer of a create and makes one whole account', async () => {
    const { module, server, context } = bench;
    const service = bench.service(2);
    expect(await createThroughKills(bench, service)).toBeGreaterThan(4);
    expect(await module.getAccount?.(service, server, context())).toMatchObject({ externalId: service.id });
    const listed: unknown[] = [];
    for await (const account of module.listAccounts?.(server, context()) ?? []) listed.push(account.externalId);
    expect(listed).toEqual([service.id]);
  });

  it('touches neither a virtual host nor a user that somebody else made', async () => {
    const { module, server, context } = bench;
    for (const [number, path, body] of [
      [3, '/vhosts', { description: 'theirs' }],
      [4, '/users', { password: 'theirs', tags: 'theirs' }],
    ] as const) {
      const service = bench.service(number);
      const place = `${path}/${service.username ?? ''}`;
      await api(place, { method: 'PUT', body: JSON.stringify(body) });
      const before = await (await api(place)).json();
      const failed = await module.create(service, server, context()).catch((error: unknown) => error);
      expect(failed).toMatchObject({ kind: 'conflict' });
      expect(await (await api(place)).json()).toEqual(before);
    }
  });
});
