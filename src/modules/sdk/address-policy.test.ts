import { describe, expect, it } from 'vitest';
import { type AddressPolicy, parseCidrs, refuseAddress, refuseHostname } from './address-policy';
import { ModuleError } from './errors';
import { createPanelHttp } from './http';
import { buildUrl, parsePanelUrl, segment } from './panel-url';

const closed: AddressPolicy = { allowCidrs: [], allowLoopbackPorts: [], forbiddenPorts: [3000] };
const open: AddressPolicy = { ...closed, allowCidrs: ['10.20.0.0/16', 'fd12::/16', '127.0.0.0/8', '169.254.0.0/16'] };

const REFUSED = `
127.0.0.1 127.1.2.3 127.255.255.254 ::1 0.0.0.0 0.1.2.3 :: 169.254.169.254 169.254.0.1 fe80::1 febf::1 fec0::1
10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.255.255 100.64.0.1 100.127.255.255
100.100.100.200 168.63.129.16 192.0.0.192 fd00:ec2::254 fc00::1 fd12:3456::1 224.0.0.1 239.255.255.255 ff02::1
255.255.255.255 240.0.0.1 192.0.2.1 198.51.100.1 203.0.113.1 198.18.0.1 192.88.99.1 192.0.0.1 2001:db8::1
::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 ::127.0.0.1 ::10.0.0.1 ::7f00:1 ::5
64:ff9b::127.0.0.1 64:ff9b::a00:1 64:ff9b::169.254.169.254 64:ff9b:1::127.0.0.1 2002:7f00:1:: 2002:a00:1::
2002:a9fe:a9fe:: 2002:c0a8:1:: 2001::1 2001:0:4136:e378:: 2001:2::1 2001:10::1 100::1 3fff::1 5f00::1 not-an-address`;

const PUBLIC =
  '1.1.1.1 8.8.8.8 93.184.216.34 172.32.0.1 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::';
const words = (text: string) => text.trim().split(/\s+/);

describe('addresses', () => {
  it.each(words(REFUSED))('refuses %s and says why', (address) => {
    expect(refuseAddress(address, 443, closed)).toMatch(/\w+ .+\./);
  });

  it.each(words(PUBLIC))('lets %s through', (address) => {
    expect(refuseAddress(address, 443, closed)).toBeNull();
  });

  it('opens private ranges that the installation names, and never loopback or metadata', () => {
    const verdicts = (list: string) => words(list).map((address) => refuseAddress(address, 443, open) === null);
    expect(verdicts('10.20.0.1 10.20.255.255 ::ffff:10.20.3.4 fd12::1')).toEqual([true, true, true, true]);
    expect(verdicts('10.21.0.1 127.0.0.1 169.254.169.254 169.254.1.1 fd00:ec2::254')).toEqual(Array(5).fill(false));
  });

  it('opens loopback for named ports only, and never its own', () => {
    const policy = { ...closed, allowLoopbackPorts: [4100, 3000] };
    expect(refuseAddress('127.0.0.1', 4100, policy)).toBeNull();
    expect(refuseAddress('127.0.0.1', 4101, policy)).toContain('OUTBOUND_ALLOW_LOOPBACK_PORTS');
    expect(refuseAddress('127.0.0.1', 3000, policy)).toContain('this program itself');
    expect(refuseAddress('10.0.0.1', 443, policy)).toContain('OUTBOUND_ALLOW_CIDRS');
  });

  it('speaks without encryption only where nobody listens in', () => {
    expect(refuseAddress('1.1.1.1', 80, open, true)).toContain('not encrypted');
    expect(refuseAddress('10.20.0.1', 80, open, true)).toBeNull();
  });

  it('knows metadata names and refuses bad ranges by name', () => {
    expect(refuseHostname('Metadata.Google.Internal.')).not.toBeNull();
    expect(refuseHostname('panel.example.com')).toBeNull();
    expect(parseCidrs(' 10.0.0.0/8, fd00::/8 ,')).toEqual(['10.0.0.0/8', 'fd00::/8']);
    expect(() => parseCidrs('10.0.0.0/8,banana')).toThrow(/banana/);
  });
});

const BAD_URLS = [
  'ftp://panel.example.com',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '//panel.example.com',
  'panel.example.com',
  'https://',
  'https:///x',
  'https://user:pw@panel.example.com',
  'https://user@panel.example.com',
  'https://good\\@127.0.0.1/',
  'https://panel.example.com\\x',
  'https://panel.example.com/#x',
  'https://panel.example.com:0',
  'https://panel.example.com:99999',
  'https://pan el.example.com',
  'https://panel.example.com/\r\nHost: x',
  'https://panel.example.com/\u0000',
  '',
  'https://[::1',
  'https://a@b@c/',
];

describe('panel addresses', () => {
  it.each(BAD_URLS)('refuses %j', (text) => {
    expect(() => parsePanelUrl(text)).toThrow(ModuleError);
  });

  const SAME_MACHINE = ['2130706433', '0x7f000001', '017700000001', '127.1', '0x7f.1', '[::1]', '[::ffff:7f00:1]', '0'];
  it.each(SAME_MACHINE)('sees through the spelling http://%s/', async (host) => {
    const http = createPanelHttp({
      baseUrl: () => `http://${host}:4100`,
      policy: closed,
      limits: { connectMs: 500, headersMs: 500, totalMs: 500 },
      secrets: [],
    });
    await expect(http.request({ path: '/' })).rejects.toMatchObject({ kind: 'policy', outcome: 'not-done' });
  });

  it('keeps a path below its base', () => {
    const base = parsePanelUrl('https://panel.example.com/api/');
    expect(buildUrl(base, '/servers/1', { page: 2, none: undefined }).href).toBe(
      'https://panel.example.com/api/servers/1?page=2',
    );
    for (const path of ['/../x', '/a/../../x', '/a/%2e%2e/x', '/a?x=1', '/a#x', '/a\\b', '/a b']) {
      expect(() => buildUrl(base, path), path).toThrow(ModuleError);
    }
    expect(buildUrl(base, '//evil.example/x').host).toBe('panel.example.com');
    expect(segment('a/b?c')).toBe('a%2Fb%3Fc');
    for (const bad of ['', '.', '..']) expect(() => segment(bad)).toThrow(ModuleError);
  });
});
