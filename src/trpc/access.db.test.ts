import { beforeAll, describe, expect, it } from 'vitest';
import { createDefinition } from '@/features/modules/create-definition';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { depotDefinition } from '@/modules/generic-api/demo';
import { makeCustomer } from '../../prisma/factories/customer';
import { makeOperation } from '../../prisma/factories/operation';
import { makeProduct } from '../../prisma/factories/product';
import { makeServer } from '../../prisma/factories/server';
import { makeServerGroup } from '../../prisma/factories/server-group';
import { makeServerModule } from '../../prisma/factories/server-module';
import { makeService } from '../../prisma/factories/service';
import { makeUser } from '../../prisma/factories/user';
import { handleTrpc } from './handler';
import type { Access, ProcedureMeta } from './init';
import { appRouter } from './root';
import { callOverHttp, cookieOf } from './testing/call';

/**
 * Who may call what: who, whether it wants the password again, and the scope an API key needs (none: closed to keys).
 * A procedure that is missing here, or changed there, makes this file fail.
 */
const TABLE: Record<string, string> = {
  'apiKeys.create': 'admin, step-up',
  'apiKeys.list': 'admin',
  'apiKeys.revoke': 'admin, step-up',
  'audit.chain': 'staff, audit:read',
  'audit.checkChain': 'admin',
  'audit.export': 'admin',
  'audit.list': 'staff, audit:read',
  'customers.create': 'admin, customers:write',
  'customers.export': 'staff, customers:read',
  'customers.get': 'staff, customers:read',
  'customers.list': 'staff, customers:read',
  'customers.mine': 'customer',
  'customers.remove': 'admin, customers:write',
  'customers.sendSignInLink': 'staff, customers:write',
  'customers.setOwnLanguage': 'customer',
  'customers.update': 'admin, customers:write',
  'dashboard.forecasts': 'staff',
  'dashboard.get': 'staff',
  'emails.export': 'staff, emails:read',
  'emails.get': 'staff, emails:read',
  'emails.list': 'staff, emails:read',
  'emails.previewTemplate': 'staff',
  'emails.sendNow': 'staff',
  'emails.templates': 'staff',
  'groups.create': 'admin, catalogue:write',
  'groups.get': 'staff, catalogue:read',
  'groups.list': 'staff, catalogue:read',
  'groups.orderServers': 'admin, catalogue:write',
  'groups.remove': 'admin, catalogue:write',
  'groups.update': 'admin, catalogue:write',
  'executor.status': 'staff',
  'health.checks': 'staff, servers:read',
  'modules.checkDefinition': 'admin',
  'modules.createDefinition': 'admin',
  'modules.definition': 'staff',
  'modules.definitionForm': 'staff',
  'modules.definitionVersions': 'staff',
  'modules.get': 'staff, catalogue:read',
  'modules.list': 'staff, catalogue:read',
  'modules.previewDefinition': 'admin',
  'modules.readyDefinitions': 'staff',
  'modules.removeDefinition': 'admin',
  'modules.tryDefinition': 'admin, step-up',
  'modules.update': 'admin',
  'modules.updateDefinition': 'admin',
  'my.revealPassword': 'signed-in',
  'my.service': 'customer',
  'operations.attention': 'staff, operations:read',
  'operations.cancel': 'staff, operations:change',
  'operations.countRetryable': 'staff, operations:read',
  'operations.get': 'staff, operations:read',
  'operations.list': 'staff, operations:read',
  'operations.resolve': 'admin, step-up',
  'operations.retry': 'staff, operations:change',
  'operations.retryAll': 'staff, step-up, operations:change',
  'placement.preview': 'staff, catalogue:read',
  'products.create': 'admin, catalogue:write',
  'products.export': 'staff, catalogue:read',
  'products.get': 'staff, catalogue:read',
  'products.list': 'staff, catalogue:read',
  'products.packages': 'admin',
  'products.remove': 'admin, catalogue:write',
  'products.update': 'admin, catalogue:write',
  'search.find': 'staff',
  'servers.create': 'admin, step-up, servers:write',
  'servers.disable': 'admin, servers:write',
  'servers.enable': 'admin, servers:write',
  'servers.export': 'staff, servers:read',
  'servers.get': 'staff, servers:read',
  'servers.hold': 'staff, servers:write',
  'servers.list': 'staff, servers:read',
  'servers.release': 'staff, servers:write',
  'servers.remove': 'admin, step-up, servers:write',
  'servers.setLoginHosts': 'admin, step-up, servers:write',
  'servers.setMaintenance': 'staff, servers:write',
  'servers.test': 'staff, servers:write',
  'servers.testConnection': 'admin, servers:write',
  'servers.update': 'admin, step-up, servers:write',
  'services.action': 'signed-in, services:change',
  'services.changePackage': 'staff, services:change',
  'services.changePassword': 'signed-in, services:change',
  'services.create': 'staff, services:create',
  'services.export': 'staff, services:read',
  'services.get': 'signed-in, services:read',
  'services.list': 'signed-in, services:read',
  'services.offers': 'signed-in, services:read',
  'services.suspend': 'staff, services:change',
  'services.terminate': 'admin, step-up, services:terminate',
  'services.undoTerminate': 'admin, services:terminate',
  'services.unsuspend': 'staff, services:change',
  'settings.company': 'anyone',
  'settings.get': 'admin',
  'settings.sendTestMail': 'admin',
  'settings.update': 'admin, step-up',
  'twoFactor.begin': 'staff, step-up, before-two-factor',
  'twoFactor.confirm': 'staff, before-two-factor',
  'twoFactor.get': 'staff, before-two-factor',
  'twoFactor.remove': 'staff, step-up',
  'twoFactor.renewCodes': 'staff, step-up',
  'twoFactor.reset': 'admin, step-up',
  'sso.createCode': 'admin, sso:create',
  'usage.history': 'signed-in, services:read',
  'usage.ofGroup': 'staff, servers:read',
  'usage.ofServer': 'staff, servers:read',
  'usage.ofService': 'signed-in, services:read',
  'usage.refresh': 'signed-in, services:change',
  'usage.refreshServer': 'admin, servers:write',
  'users.changePassword': 'signed-in, before-two-factor',
  'users.confirmPassword': 'signed-in, before-two-factor',
  'users.createFirstAdmin': 'anyone',
  'users.disable': 'admin, step-up',
  'users.enable': 'admin, step-up',
  'users.firstRun': 'anyone',
  'users.invite': 'admin, step-up',
  'users.list': 'admin',
  'users.me': 'signed-in, before-two-factor',
  'users.renewPasswordLink': 'admin, step-up',
  'users.revokeOtherSessions': 'signed-in, before-two-factor',
  'users.requestLink': 'anyone',
  'users.revokeSession': 'signed-in, before-two-factor',
  'users.sessions': 'signed-in, before-two-factor',
  'users.setPassword': 'anyone',
  'users.update': 'admin, step-up',
};

/** What a procedure says of itself, spelled as in the table. */
const inWords = ({ access, stepUp, beforeTwoFactor, scope }: ProcedureMeta) =>
  [access, stepUp && 'step-up', beforeTwoFactor && 'before-two-factor', scope].filter(Boolean).join(', ');
const accessOf = (path: string) => (TABLE[path]?.split(', ')[0] ?? 'admin') as Access;

const ACTORS = ['nobody', 'CUSTOMER', 'SUPPORT', 'ADMIN'] as const;
type Who = (typeof ACTORS)[number];
const ADMITTED: Record<Access, readonly Who[]> = {
  anyone: ACTORS,
  'signed-in': ['CUSTOMER', 'SUPPORT', 'ADMIN'],
  customer: ['CUSTOMER'],
  staff: ['SUPPORT', 'ADMIN'],
  admin: ['ADMIN'],
};

interface Declared {
  _def: { type: 'query' | 'mutation'; meta?: ProcedureMeta };
}
// Flat at run time, `noun.verb` -> procedure, which its type does not say.
const declared = appRouter._def.procedures as unknown as Record<string, Declared>;
const procedures = Object.entries(declared).map(([path, { _def }]) => ({
  path,
  type: _def.type,
  meta: _def.meta ?? {},
}));
const cookies: Record<Who, string> = { nobody: '', CUSTOMER: '', SUPPORT: '', ADMIN: '' };
/** One row of each kind, with a secret word in every sealed column. */
const ids: Record<string, string> = {};
const foreign = { service: '' };
const SECRETS = ['planted-server-secret', 'planted-account-password', 'planted-result'];

beforeAll(async () => {
  const module = await makeServerModule({ slug: 'pickaxe' });
  const group = await makeServerGroup();
  const config = { apiUrl: 'https://a.example', apiKey: SECRETS[0], nodeId: 'n' };
  const server = await makeServer({
    moduleId: module.id,
    groupId: group.id,
    config,
    open: { apiUrl: 'https://a.example', apiKey: 'planted-server-secret' },
  });
  const product = await makeProduct({ moduleId: module.id });
  const user = await makeUser({ role: 'CUSTOMER' });
  const customer = await makeCustomer({ userId: user.id });
  const service = await makeService({
    customerId: customer.id,
    productId: product.id,
    serverId: server.id,
    password: SECRETS[1],
  });
  const operation = await makeOperation({ serviceId: service.id, state: 'FAILED', result: SECRETS[2] });
  foreign.service = (await makeService({ productId: product.id })).id;
  Object.assign(ids, {
    groups: group.id,
    modules: module.id,
    servers: server.id,
    products: product.id,
    customers: customer.id,
  });
  const email = await db.emailMessage.create({
    data: {
      template: 'welcome',
      to: 'a@example.com',
      subject: 's',
      messageId: '<1@example.com>',
      serviceId: service.id,
    },
  });
  Object.assign(ids, { services: service.id, operations: operation.id, emails: email.id });
  const defined = await createDefinition(systemContext('access test'), { definition: depotDefinition });
  ids.definition = defined.id;
  cookies.CUSTOMER = await cookieOf(user.id);
  cookies.SUPPORT = await cookieOf((await makeUser({ role: 'SUPPORT' })).id);
  cookies.ADMIN = await cookieOf((await makeUser({ role: 'ADMIN' })).id);
});

const call = (who: Who, procedure: Pick<(typeof procedures)[number], 'path' | 'type'>, input: unknown) =>
  callOverHttp(cookies[who], procedure, input);

/** Refused for what it is, never for what it holds: an input that no procedure accepts. */
const NO_INPUT = { 'no procedure has this field': 1 };
/** `*.get` of a row that the CUSTOMER of this test owns. */
const inputFor = (path: string) => {
  if (path === 'modules.definition' || path === 'modules.definitionVersions') return { id: ids.definition };
  if (path === 'modules.checkDefinition') return { definition: depotDefinition };
  if (path === 'products.packages') return { moduleSlug: 'pickaxe' };
  if (path === 'placement.preview') return { productId: ids.products };
  if (path === 'my.service') return { id: ids.services };
  if (path === 'search.find') return { text: 'example' };
  const of = { 'health.checks': ids.servers, 'usage.ofServer': ids.servers, 'usage.ofGroup': ids.groups }[path];
  if (of) return { id: of };
  if (path === 'usage.ofService') return { id: ids.services };
  if (path === 'usage.history') return { id: ids.services, days: 30 };
  const [noun = '', verb] = path.split('.');
  return (verb === 'get' || verb === 'offers') && ids[noun] ? { id: ids[noun] } : {};
};

describe('every procedure', () => {
  it('stands in the table with what it says of itself', () => {
    expect(Object.fromEntries(procedures.map(({ path, meta }) => [path, inWords(meta)]))).toEqual(TABLE);
  });

  it.each(procedures.flatMap((procedure) => ACTORS.map((who) => ({ ...procedure, who }))))(
    '$path answers $who as the table says',
    async ({ who, ...procedure }) => {
      const { status } = await call(who, procedure, NO_INPUT);
      const admitted = ADMITTED[accessOf(procedure.path)].includes(who);
      expect(status).toBe(admitted ? 400 : who === 'nobody' ? 401 : 403);
    },
  );

  it('is refused inside a batch too, and the allowed one beside it is answered', async () => {
    const url = 'http://panel.example/api/trpc/users.firstRun,servers.list?batch=1&input=%7B%7D';
    const response = await handleTrpc(new Request(url, { headers: { cookie: cookies.CUSTOMER } }));
    const [open, closed] = await response.json();
    expect(open.result.data).toHaveProperty('open');
    expect(closed.error.data.httpStatus).toBe(403);
  });
});

describe('an id that is not theirs', () => {
  it.each(['services.get', 'my.service', 'usage.ofService'])(
    '%s is 404 for another customer, as for a row that does not exist',
    async (path) => {
      for (const id of [foreign.service, uuidv7()]) {
        expect((await call('CUSTOMER', { path, type: 'query' }, { id })).status).toBe(404);
      }
      expect((await call('CUSTOMER', { path, type: 'query' }, { id: ids.services })).status).toBe(200);
    },
  );

  it.each([
    ['services.changePassword', {}],
    ['usage.refresh', {}],
    ['services.action', { actionId: 'restart' }],
    ['my.revealPassword', { ownPassword: 'a password of twelve or more' }],
  ] as const)('%s refuses another customer as if it did not exist', async (path, input) => {
    for (const id of [foreign.service, uuidv7()]) {
      expect((await call('CUSTOMER', { path, type: 'mutation' }, { id, ...input })).status).toBe(404);
    }
    expect(await db.operation.count({ where: { serviceId: foreign.service } })).toBe(0);
  });

  it('of another kind is 404, and no id at all is 400 naming the field', async () => {
    for (const { path, type } of procedures.filter(
      (procedure) =>
        procedure.path.endsWith('.get') && !['dashboard.get', 'settings.get', 'twoFactor.get'].includes(procedure.path),
    )) {
      const other = path.startsWith('services') ? ids.servers : ids.services;
      expect([path, (await call('ADMIN', { path, type }, { id: other })).status]).toEqual([path, 404]);
      const { status, text } = await call('ADMIN', { path, type }, { id: '../../etc' });
      expect(status).toBe(400);
      expect(JSON.parse(text).error.data.issues).toMatchObject([{ path: ['id'] }]);
    }
  });
});

describe('what staff and customers read', () => {
  const SECRET_FIELD = /passw|secret|token|api[_-]?key|credential|hash|sealed|access[_-]?key|private/i;
  const HARMLESS = new Set(['passwordRules', 'passwordKnown', 'hasPassword', 'changePassword', 'sendPassword']);

  /** They describe fields; what was filled in stands elsewhere. */
  const SCHEMAS = new Set(['forms', 'definition', 'properties', '$defs']);

  function fieldsOf(value: unknown): string[] {
    if (typeof value !== 'object' || value === null) return [];
    if (Array.isArray(value)) return value.flatMap(fieldsOf);
    return Object.entries(value).flatMap(([name, field]) => [name, ...(SCHEMAS.has(name) ? [] : fieldsOf(field))]);
  }

  const queries = procedures.filter(({ type }) => type === 'query');
  it.each(queries.flatMap((query) => (['CUSTOMER', 'SUPPORT', 'ADMIN'] as const).map((who) => ({ ...query, who }))))(
    '$path holds no secret for $who',
    async ({ who, ...query }) => {
      const { status, text } = await call(who, query, inputFor(query.path));
      const admitted = ADMITTED[accessOf(query.path)].includes(who);
      expect(status).toBe(admitted ? 200 : 403);
      expect(fieldsOf(JSON.parse(text)).filter((name) => SECRET_FIELD.test(name) && !HARMLESS.has(name))).toEqual([]);
      for (const secret of SECRETS) expect(text).not.toContain(secret);
    },
  );
});
