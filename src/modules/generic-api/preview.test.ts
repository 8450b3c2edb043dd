import { expect, it } from 'vitest';
import type { Definition } from './definition';
import { depotDefinition } from './demo';
import { previewOperation } from './preview';

const as = (authentication: Definition['connection']['authentication']): Definition => ({
  ...depotDefinition,
  connection: { ...depotDefinition.connection, authentication },
});

it('shows every request of an operation in order, the look before its call, and what an answer would give by its name', () => {
  const shown = previewOperation(depotDefinition, 'create');
  expect(shown.map(({ isLook, request }) => [isLook, request?.method, request?.url])).toEqual([
    [true, 'GET', expect.stringContaining('/accounts?note=01890f3e-')],
    [false, 'POST', 'http://127.0.0.1:4000/accounts'],
    [false, 'PUT', 'http://127.0.0.1:4000/accounts/%3Cid%3E/access'],
  ]);
  expect(JSON.parse(shown[1]?.request?.body ?? '')).toMatchObject({ domain: 'sample.example.com', diskKib: 1_048_576 });
  expect(JSON.parse(shown[2]?.request?.body ?? '')).toMatchObject({ password: '••••••' });
});

it.each([
  [{ by: 'header', name: 'X-Depot-Key' } as const],
  [{ by: 'bearer' } as const],
  [{ by: 'basic' } as const],
  [{ by: 'query', name: 'api_key' } as const],
])('masks the secret of a login by %o', (authentication) => {
  const [shown] = previewOperation(as(authentication), 'testConnection');
  const request = shown?.request;
  expect([request?.url, ...(request?.headers ?? []).flat()].join(' ')).toContain('••••••');
});

it('says why a request cannot be made instead of showing a wrong one', () => {
  const { operations } = depotDefinition;
  const calls = operations.testConnection.calls.map((call) => ({
    ...call,
    request: { ...call.request, path: '/{{ nobody.knows }}' },
  }));
  const [shown] = previewOperation(
    { ...depotDefinition, operations: { ...operations, testConnection: { calls } } },
    'testConnection',
  );
  expect(shown?.request).toBeNull();
  expect(shown?.error).toMatch(/nobody/);
});

it('shows nothing for an operation that is not there', () => {
  const { suspend: _, ...operations } = depotDefinition.operations;
  expect(previewOperation({ ...depotDefinition, operations }, 'suspend')).toEqual([]);
});
