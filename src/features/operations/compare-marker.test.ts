import { describe, expect, it } from 'vitest';
import type { RemoteAccount } from '@/modules/sdk/contract';
import { compareMarker } from './compare-marker';

const sentAt = new Date('2026-03-01T12:00:00Z');
const marker = { serviceId: 'svc-1', username: 'acme7f2', domain: 'acme.example', owner: 'root' };
const account: RemoteAccount = {
  remoteId: 'acme7f2',
  username: 'acme7f2',
  domain: 'acme.example',
  owner: 'root',
  externalId: 'svc-1',
  createdAt: new Date('2026-03-01T12:00:03Z'),
  status: 'active',
};

describe('is the account on the panel ours', () => {
  it.each(['external-id', 'name-domain-owner-time'] as const)('never, when nothing was sent yet (%s)', (proof) => {
    expect(compareMarker(proof, marker, account, null).ours).toBe(false);
  });

  it('with an external id only that id counts', () => {
    expect(compareMarker('external-id', marker, account, sentAt)).toEqual({ ours: true });
    expect(compareMarker('external-id', marker, { ...account, externalId: 'svc-2' }, sentAt).ours).toBe(false);
    const { externalId: _none, ...without } = account;
    expect(compareMarker('external-id', marker, without, sentAt).ours).toBe(false);
  });

  it.each([
    ['all fits', {}, true],
    ['another name', { username: 'acme7f3' }, false],
    ['another domain', { domain: 'other.example' }, false],
    ['another owner', { owner: 'reseller' }, false],
    ['made long before we asked', { createdAt: new Date('2026-03-01T11:54:59Z') }, false],
    ['made within the slack of the panel’s clock', { createdAt: new Date('2026-03-01T11:55:01Z') }, true],
    ['capital letters', { username: 'ACME7F2', domain: 'Acme.Example' }, true],
  ] as const)('without one everything has to fit: %s', (_what, change, ours) => {
    expect(compareMarker('name-domain-owner-time', marker, { ...account, ...change }, sentAt).ours).toBe(ours);
  });

  it('an account without a creation time proves nothing', () => {
    const { createdAt: _none, ...undated } = account;
    expect(compareMarker('name-domain-owner-time', marker, undated, sentAt).ours).toBe(false);
  });
});
