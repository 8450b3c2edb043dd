import { beforeEach, describe, expect, it } from 'vitest';
import { createApiKey } from '@/features/api-keys/create-api-key';
import { SCOPES, type Scope } from '@/features/api-keys/permissions';
import { listApiKeys } from '@/features/api-keys/queries';
import { revokeApiKey } from '@/features/api-keys/revoke-api-key';
import { listInput } from '@/features/lists/schema';
import { actorOfApiKey } from '@/lib/api-key';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { PEER_HEADER } from '@/lib/peer-address';
import { forgetTries } from '@/lib/rate-limit';
import { makeServerModule } from '../../prisma/factories/server-module';
import { makeUser } from '../../prisma/factories/user';
import { handleTrpc } from './handler';
import type { ProcedureMeta } from './init';
import { appRouter } from './root';
import { cookieOf } from './testing/call';

let ctx: Ctx;
beforeEach(async () => {
  const { id, name } = await makeUser({ role: 'ADMIN' });
  const actor = { type: 'user', id, name, role: 'ADMIN', customerId: null } as const;
  ctx = { actor, address: null, requestId: 'r' };
  await forgetTries('api-key', 'unknown');
});

const make = (scopes: readonly Scope[], expiresInDays: number | null = null) =>
  createApiKey(ctx, { name: 'Billing', scopes: [...scopes], expiresInDays });

function call(path: string, headers: Record<string, string>, input?: unknown): Promise<Response> {
  const url = `http://panel.example/api/trpc/${path}`;
  const init =
    input === undefined
      ? { headers }
      : { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(input) };
  return handleTrpc(new Request(url, init));
}
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

interface Declared {
  _def: { type: 'query' | 'mutation'; meta?: ProcedureMeta };
}
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Declared>);

describe('an API key', () => {
  it('may call what its scopes name, and learns which one is missing', async () => {
    const { key } = await make(['services:read']);
    expect((await call('services.list', bearer(key))).status).toBe(200);
    const refused = await call('customers.list', bearer(key));
    expect(refused.status).toBe(403);
    expect((await refused.json()).error.message).toContain('customers:read');
  });

  it.each(procedures.map(([path, { _def }]) => ({ path, type: _def.type, meta: _def.meta ?? {} })))(
    'of every scope but that of $path is refused there, and so is one of all scopes where none is named',
    async ({ path, type, meta: { access, scope } }) => {
      if (access === 'anyone') return;
      const { key } = await make(SCOPES.filter((other) => other !== scope));
      const response = await call(path, bearer(key), type === 'mutation' ? {} : undefined);
      expect(response.status).toBe(403);
    },
  );

  it('needs no password for what asks people for it', async () => {
    await makeServerModule({ slug: 'pickaxe' });
    const { key } = await make(['services:terminate']);
    const nowhere = { id: '01890a5d-ac96-774b-bcce-b302099a8057' };
    expect((await call('services.terminate', bearer(key), nowhere)).status).toBe(404);
  });

  it('counts for nothing once it is revoked or too old', async () => {
    const [first, second] = [await make(['services:read']), await make(['services:read'], 1)];
    await revokeApiKey(ctx, { id: first.id });
    await db.apiKey.update({ where: { id: second.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    for (const { key } of [first, second]) expect((await call('services.list', bearer(key))).status).toBe(401);
    const states = (await listApiKeys(listInput.parse({}))).items.map(({ id, state }) => [id, state]);
    expect(Object.fromEntries(states)).toMatchObject({ [first.id]: 'revoked', [second.id]: 'expired' });
  });

  it('is stored as a hash, shown once, and remembers when and from where it was used', async () => {
    const { id, key } = await make(['services:read']);
    expect(JSON.stringify([await db.apiKey.findMany(), await db.auditEntry.findMany()])).not.toContain(key.slice(12));
    await call('services.list', { ...bearer(key), [PEER_HEADER]: '192.0.2.44' });
    const [item] = (await listApiKeys(listInput.parse({ search: key.slice(0, 10) }))).items;
    expect(item).toMatchObject({ id, state: 'active', lastUsedAddress: '192.0.2.44', createdBy: { active: true } });
    expect(item?.lastUsedAt).not.toBeNull();
  });

  it('that is given stands alone: a cookie beside it lends it nothing', async () => {
    const { key } = await make(['emails:read']);
    const cookie = await cookieOf(ctx.actor.id ?? '');
    expect((await call('services.list', { ...bearer(key), cookie })).status).toBe(403);
    expect((await call('services.list', { authorization: 'Bearer nonsense', cookie })).status).toBe(401);
    expect((await call('services.list', { authorization: 'Basic eDp5', cookie })).status).toBe(401);
  });

  it('is what the audit log names as the one who did it', async () => {
    const { id, key } = await make(['customers:write']);
    const response = await call('customers.create', bearer(key), { name: 'Ada', email: 'ada@example.com' });
    expect(response.status).toBe(200);
    const { data } = (await response.json()).result;
    expect(await db.auditEntry.findFirst({ where: { targetId: data.id } })).toMatchObject({
      actorType: 'key',
      actorId: id,
      actorName: 'Billing',
    });
  });

  it('that is wrong is refused after twenty tries from one address, right ones are not', async () => {
    const { key } = await make(['services:read']);
    const from = { [PEER_HEADER]: '198.51.100.77' };
    const wrong = () => call('users.firstRun', { ...bearer(`hyble_${'x'.repeat(43)}`), ...from });
    for (let round = 0; round < 20; round++) expect((await wrong()).status).toBe(401);
    expect((await wrong()).status).toBe(429);
    expect((await call('services.list', { ...bearer(key), ...from })).status).toBe(200);
  });

  it.each(['', 'hyble_', 'hyble_short', `hyble_${'x'.repeat(44)}`, `${'hyble_'}${'x'.repeat(42)}\u0000`])(
    'looks like one of ours: %j does not',
    async (text) => expect(await actorOfApiKey(text, null)).toBeNull(),
  );
});
