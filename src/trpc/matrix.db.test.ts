import { beforeAll, describe, expect, it } from 'vitest';
import { SCOPES } from '@/features/api-keys/permissions';
import { makeApiKey } from '@/lib/api-key';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { makeCustomer } from '../../prisma/factories/customer';
import { makeOperation } from '../../prisma/factories/operation';
import { makeProduct } from '../../prisma/factories/product';
import { makeServer } from '../../prisma/factories/server';
import { makeServerGroup } from '../../prisma/factories/server-group';
import { makeServerModule } from '../../prisma/factories/server-module';
import { makeService } from '../../prisma/factories/service';
import { makeUser } from '../../prisma/factories/user';
import { handleTrpc } from './handler';
import type { ProcedureMeta } from './init';
import { cookieOf } from './testing/call';
import { footprint } from './testing/footprint';
import { type Procedure, procedures, sample, schemaOf } from './testing/procedures';

/** Everybody who may come, and whether a procedure that says this of itself lets them in. */
const ACTORS = {
  nobody: { refusal: 401, admits: ({ access }: ProcedureMeta) => access === 'anyone' },
  owner: { refusal: 403, admits: forCustomers },
  'another customer': { refusal: 403, admits: forCustomers },
  support: { refusal: 403, admits: ({ access }: ProcedureMeta) => access !== 'customer' && access !== 'admin' },
  admin: { refusal: 403, admits: ({ access }: ProcedureMeta) => access !== 'customer' },
  'an admin whose password was entered long ago': {
    refusal: 403,
    admits: ({ access, stepUp }: ProcedureMeta) => access !== 'customer' && !stepUp,
  },
  'an admin whose session was ended': { refusal: 401, admits: ({ access }: ProcedureMeta) => access === 'anyone' },
  'an admin whose session has expired': { refusal: 401, admits: ({ access }: ProcedureMeta) => access === 'anyone' },
  'an admin who was disabled': { refusal: 401, admits: ({ access }: ProcedureMeta) => access === 'anyone' },
  'an admin without the second factor that is a must': {
    refusal: 403,
    admits: ({ access, beforeTwoFactor }: ProcedureMeta) => access === 'anyone' || beforeTwoFactor === true,
  },
  'a key with every scope': {
    refusal: 403,
    admits: ({ access, scope }: ProcedureMeta) => access === 'anyone' || scope !== undefined,
  },
  'a key without a scope': { refusal: 403, admits: ({ access }: ProcedureMeta) => access === 'anyone' },
  'a key that was revoked': { refusal: 401, admits: () => false },
  'a key that has expired': { refusal: 401, admits: () => false },
} as const;
type Who = keyof typeof ACTORS;

function forCustomers({ access }: ProcedureMeta): boolean {
  return access === 'anyone' || access === 'signed-in' || access === 'customer';
}

const headers = {} as Record<Who, Record<string, string>>;
/** Rows that belong to the owner, and the same kinds of rows that do not. */
let mine: Record<string, string>;
let foreign: Record<string, string>;

async function keyWith(
  scopes: readonly string[],
  ended: { revokedAt?: Date; expiresAt?: Date } = {},
): Promise<Record<string, string>> {
  const { key, keyHash, hint } = makeApiKey();
  const maker = await makeUser({ role: 'ADMIN' });
  await db.apiKey.create({
    data: { name: 'a program', keyHash, hint, scopes: [...scopes], createdById: maker.id, ...ended },
  });
  return { authorization: `Bearer ${key}` };
}

async function personWith(
  role: 'ADMIN' | 'SUPPORT' | 'CUSTOMER',
  session: { passwordAt?: Date; revokedAt?: Date; expiresAt?: Date } = {},
) {
  const user = await makeUser({ role });
  const cookie = await cookieOf(user.id);
  await db.session.updateMany({ where: { userId: user.id }, data: session });
  return { user, headers: { cookie } };
}

async function rowsOf(userId: string | null, moduleId: string): Promise<Record<string, string>> {
  const group = await makeServerGroup();
  const server = await makeServer({ moduleId, groupId: group.id, config: { apiUrl: 'https://a.example' } });
  const product = await makeProduct({ moduleId, serverGroupId: group.id });
  const customer = await makeCustomer({ userId });
  const service = await makeService({
    customerId: customer.id,
    productId: product.id,
    serverId: server.id,
    status: 'ACTIVE',
    username: 'acme',
  });
  const operation = await makeOperation({ serviceId: service.id, state: 'FAILED', reason: { code: 'gave-up' } });
  const email = await db.emailMessage.create({
    data: {
      template: 'welcome',
      to: 'a@example.com',
      subject: 's',
      messageId: `<${service.id}@x>`,
      serviceId: service.id,
    },
  });
  return {
    serviceId: service.id,
    serverId: server.id,
    groupId: group.id,
    productId: product.id,
    customerId: customer.id,
    operationId: operation.id,
    emailId: email.id,
    moduleId,
  };
}

beforeAll(async () => {
  const long = new Date(Date.now() - 11 * 60_000);
  const owner = await personWith('CUSTOMER');
  const other = await personWith('CUSTOMER');
  const { id: moduleId } = await makeServerModule({ slug: 'pickaxe' });
  mine = await rowsOf(owner.user.id, moduleId);
  foreign = await rowsOf(other.user.id, moduleId);
  const disabled = await personWith('ADMIN');
  await db.user.update({ where: { id: disabled.user.id }, data: { disabledAt: new Date() } });
  Object.assign(headers, {
    nobody: {},
    owner: owner.headers,
    'another customer': other.headers,
    support: (await personWith('SUPPORT')).headers,
    admin: (await personWith('ADMIN')).headers,
    'an admin whose password was entered long ago': (await personWith('ADMIN', { passwordAt: long })).headers,
    'an admin whose session was ended': (await personWith('ADMIN', { revokedAt: long })).headers,
    'an admin whose session has expired': (await personWith('ADMIN', { expiresAt: long })).headers,
    'an admin who was disabled': disabled.headers,
    'an admin without the second factor that is a must': (await personWith('ADMIN')).headers,
    'a key with every scope': await keyWith(SCOPES),
    'a key without a scope': await keyWith([]),
    'a key that was revoked': await keyWith(SCOPES, { revokedAt: long }),
    'a key that has expired': await keyWith(SCOPES, { expiresAt: long }),
  });
});

async function call(who: Who, { path, type }: Pick<Procedure, 'path' | 'type'>, input: unknown) {
  const url = `http://panel.example/api/trpc/${path}`;
  const sent = { ...headers[who], 'content-type': 'application/json' };
  const request =
    type === 'query'
      ? new Request(`${url}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers: sent })
      : new Request(url, { method: 'POST', headers: sent, body: JSON.stringify(input) });
  const response = await handleTrpc(request);
  return { status: response.status, text: await response.text() };
}

/** Refused for who asks, never for what it holds: an input that no procedure accepts. */
const NO_INPUT = { 'no procedure has this field': 1 };

describe('everybody at every procedure', () => {
  it('is let in or refused as the procedure says of itself', async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const who of Object.keys(ACTORS) as Who[]) {
      const { refusal, admits } = ACTORS[who];
      const isMust = who === 'an admin without the second factor that is a must';
      if (isMust) await db.setting.create({ data: { key: 'requireTwoFactor', value: true } });
      for (const procedure of procedures) {
        const { status } = await call(who, procedure, NO_INPUT);
        // Wrong keys are counted, and this table is full of them.
        if (refusal === 401 && who.startsWith('a key')) await db.rateLimit.deleteMany();
        cells += 1;
        if (status !== (admits(procedure.meta) ? 400 : refusal))
          wrong.push(`${procedure.path} answers ${who} with ${status}`);
      }
      if (isMust) await db.setting.delete({ where: { key: 'requireTwoFactor' } });
    }
    console.log(
      `${procedures.length} procedures x ${Object.keys(ACTORS).length} actors = ${cells} cells, ${wrong.length} exceptions`,
    );
    expect(wrong).toEqual([]);
    expect(procedures.length).toBeGreaterThan(90);
  }, 120_000);
});

const isId = (name: string) => name === 'id' || /Ids?$/.test(name);

/** Every field of the input, at the top, that names a row. */
function idFields({ input }: Procedure): string[] {
  const { properties = {} } = schemaOf(input);
  return Object.keys(properties).filter(
    (name) => isId(name) && !['actionId', 'requestId', 'targetId', 'optionId'].includes(name),
  );
}

/** Which kind of row `id` means, by the noun of the procedure. */
const NOUNS: Record<string, string> = {
  services: 'serviceId',
  my: 'serviceId',
  usage: 'serviceId',
  sso: 'serviceId',
  operations: 'operationId',
  servers: 'serverId',
  groups: 'groupId',
  products: 'productId',
  customers: 'customerId',
  emails: 'emailId',
  modules: 'moduleId',
  health: 'serverId',
};

function inputWith(procedure: Procedure, field: string, value: unknown): Record<string, unknown> {
  const base = sample(schemaOf(procedure.input)) as Record<string, unknown>; // the schema's type is an object
  const noun = NOUNS[procedure.path.split('.')[0] ?? ''] ?? '';
  const filled = Object.fromEntries(
    Object.entries(base).map(([name, given]) => [
      name,
      isId(name) ? (mine[name === 'id' ? noun : name] ?? given) : given,
    ]),
  );
  const list = schemaOf(procedure.input).properties?.[field]?.type === 'array';
  return { ...filled, [field]: list ? [value] : value };
}

describe('an id that is not theirs', () => {
  const withIds = procedures.flatMap((procedure) => idFields(procedure).map((field) => ({ procedure, field })));

  it("of another customer's row is as if there were none, in every field that a customer may send, and changes nothing", async () => {
    const wrong: string[] = [];
    let tried = 0;
    const before = await footprint();
    for (const { procedure, field } of withIds.filter(({ procedure }) => forCustomers(procedure.meta))) {
      for (const kind of ['serviceId', 'operationId', 'customerId']) {
        const { status, text } = await call('owner', procedure, inputWith(procedure, field, foreign[kind]));
        tried += 1;
        // A list that is filtered by somebody else's id answers, and shows nothing.
        const isEmpty = status === 200 && JSON.parse(text).result.data.items?.length === 0;
        if (![400, 403, 404].includes(status) && !isEmpty) wrong.push(`${procedure.path} ${field}=${kind}: ${status}`);
        if ((await footprint()) !== before) throw new Error(`${procedure.path} with a foreign ${field} changed a row`);
      }
    }
    console.log(`${tried} foreign ids sent by a customer, ${wrong.length} exceptions`);
    expect(tried).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  }, 60_000);

  it('of another kind, or of nothing, is refused to administrators too and changes nothing', async () => {
    const wrong: string[] = [];
    let tried = 0;
    const before = await footprint();
    for (const { procedure, field } of withIds.filter(({ procedure }) => procedure.type === 'mutation')) {
      for (const value of [mine.emailId, uuidv7(), '../../etc/passwd', "' OR 1=1 --"]) {
        if (procedure.path.startsWith('emails.') && value === mine.emailId) continue;
        const who = ACTORS.admin.admits(procedure.meta) ? 'admin' : 'owner';
        const { status } = await call(who, procedure, inputWith(procedure, field, value));
        tried += 1;
        // 503 says which part is missing here: a mail server, a module.
        if (status < 400 || status === 500) wrong.push(`${procedure.path} ${field}=${value}: ${status}`);
        if ((await footprint()) !== before) throw new Error(`${procedure.path} with ${field}=${value} changed a row`);
      }
    }
    console.log(`${tried} ids of nothing sent by administrators, ${wrong.length} exceptions`);
    expect(tried).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  }, 60_000);
});
