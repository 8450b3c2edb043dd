import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
import { addressForLimits, clientAddress, readTrustedProxies } from './client-address';
import { PEER_HEADER, stampPeerAddresses } from './peer-address';

// The log is part of the settings, and those are read together.
vi.stubEnv('DATABASE_URL', 'postgresql://nobody@127.0.0.1/none');

const seen = (peer: string | null, forwarded: string | null, trusted = '') => {
  const headers = new Headers();
  if (peer !== null) headers.set(PEER_HEADER, peer);
  if (forwarded !== null) headers.set('x-forwarded-for', forwarded);
  return clientAddress(headers, trusted);
};

it.each([
  ['nobody in between', '203.0.113.7', null, '', '203.0.113.7'],
  ['a visitor who forges the header', '203.0.113.7', '198.51.100.1', '', '203.0.113.7'],
  ['a forged header while only another proxy is trusted', '203.0.113.7', '198.51.100.1', '10.0.0.5', '203.0.113.7'],
  ['a proxy that nobody named', '127.0.0.1', '198.51.100.1', '', '127.0.0.1'],
  ['one proxy', '127.0.0.1', '198.51.100.1', 'loopback', '198.51.100.1'],
  ['one proxy that adds to a forged header', '127.0.0.1', '1.2.3.4, 198.51.100.1', 'loopback', '198.51.100.1'],
  ['two proxies', '127.0.0.1', '1.2.3.4, 198.51.100.1, 10.0.0.5', 'loopback, 10.0.0.0/24', '198.51.100.1'],
  ['a proxy of which one knows the network', '192.168.4.4', '198.51.100.1', 'private', '198.51.100.1'],
  ['a proxy that wrote nothing', '10.0.0.5', null, '10.0.0.5', '10.0.0.5'],
  ['a chain of proxies only', '127.0.0.1', '10.0.0.5, 10.0.0.6', 'loopback,10.0.0.0/24', '10.0.0.5'],
  ['words that are no address', '127.0.0.1', '198.51.100.1, unknown', 'loopback', '127.0.0.1'],
  ['IPv4 inside IPv6', '::ffff:127.0.0.1', '::ffff:198.51.100.1', 'loopback', '198.51.100.1'],
  ['addresses with ports', '::1', '198.51.100.1:4711', 'loopback', '198.51.100.1'],
  ['IPv6 with a port', '::1', '[2001:db8::7]:443', 'loopback', '2001:db8::7'],
  ['an address in another notation', '127.0.0.1', '3325256704', 'loopback', '127.0.0.1'],
  ['no connection at all', null, '198.51.100.1', 'loopback', null],
])('%s', (_what, peer, forwarded, trusted, expected) => {
  expect(seen(peer, forwarded, trusted)).toBe(expected);
});

it.each(['proxy.example.com', '10.0.0.0/33', '10.0.0', '*', '1'])('refuses "%s" as a proxy, in words', (setting) => {
  expect(() => readTrustedProxies(setting)).toThrow(/HYBLE_TRUSTED_PROXIES holds/);
});

it('counts an IPv6 network as one visitor', () => {
  expect(addressForLimits('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(addressForLimits('2001:db8:1:2::9')).toBe('2001:db8:1:2::/64');
  expect(addressForLimits('192.0.2.1')).toBe('192.0.2.1');
  expect(addressForLimits(null)).toBe('unknown');
});

it('takes the connection itself, whatever the visitor claims', async () => {
  stampPeerAddresses();
  const server = createServer((incoming, response) => response.end(String(incoming.headers[PEER_HEADER])));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const headers = { [PEER_HEADER]: '203.0.113.99' };
  const body = await new Promise<string>((resolve, reject) => {
    request({ host: '127.0.0.1', port, headers }, (answer) => answer.setEncoding('utf8').on('data', resolve))
      .on('error', reject)
      .end();
  });
  server.close();
  expect(body).toBe('127.0.0.1');
});
