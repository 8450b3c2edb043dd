import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { makeCustomer } from '../../prisma/factories/customer';
import { makeServerModule } from '../../prisma/factories/server-module';
import { makeService } from '../../prisma/factories/service';
import { makeUser } from '../../prisma/factories/user';
import { callOverHttp, cookieOf } from './testing/call';
import { footprint } from './testing/footprint';
import { type JsonSchema, procedures, sample, schemaOf } from './testing/procedures';

const cookies = { ADMIN: '', CUSTOMER: '' };

beforeAll(async () => {
  const user = await makeUser({ role: 'ADMIN' });
  cookies.ADMIN = await cookieOf(user.id);
  const customer = await makeUser({ role: 'CUSTOMER' });
  cookies.CUSTOMER = await cookieOf(customer.id);
  await makeCustomer({ userId: customer.id });
  await makeServerModule({ slug: 'pickaxe' });
  await makeService();
});

const changes = procedures.filter(({ type, input }) => type === 'mutation' && input !== undefined);
const propertiesOf = (input: (typeof procedures)[number]['input']) => Object.entries(schemaOf(input).properties ?? {});

/** What this answers must be a clear no that changes nothing, or a yes for what is harmless where it is. */
async function send(procedure: (typeof procedures)[number], input: unknown) {
  const who = procedure.meta.access === 'customer' ? 'CUSTOMER' : 'ADMIN';
  const { status, text } = await callOverHttp(cookies[who], procedure, input);
  if (procedure.path.startsWith('users.') || procedure.meta.stepUp) await db.rateLimit.deleteMany();
  return { status, text };
}

/** Fields that only the program itself may write. */
const PROTECTED = [
  'role',
  'status',
  'serverId_',
  'ownerId',
  'createdAt',
  'passwordHash',
  'accountCount',
  'usedAt',
  'credentials_',
  'isAdmin',
  '__proto__x',
  'constructor',
];

describe('fields that nobody may set', () => {
  it('are refused by every procedure that changes something, each by its name, and change nothing', async () => {
    const wrong: string[] = [];
    let tried = 0;
    const before = await footprint();
    for (const procedure of changes) {
      const known = new Set(propertiesOf(procedure.input).map(([name]) => name));
      for (const field of PROTECTED.filter((name) => !known.has(name))) {
        const base = sample(schemaOf(procedure.input));
        const { status, text } = await send(procedure, { ...(typeof base === 'object' ? base : {}), [field]: 'ADMIN' });
        tried += 1;
        if (status !== 400 || !text.includes(field)) wrong.push(`${procedure.path} ${field}: ${status}`);
      }
    }
    console.log(`${tried} fields that nobody may set, ${wrong.length} exceptions`);
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(400);
    expect(await footprint()).toBe(before);
  }, 120_000);
});

/** What a program may send by mistake to what takes nothing. */
const MISTAKES = [{ status: 'x', page: 2 }, 'text', 17, true, null, ['a'], []];

describe('something sent to a procedure', () => {
  it('that has no such field, or takes nothing at all, is refused by its name; nothing and {} are not', async () => {
    const wrong: string[] = [];
    let tried = 0;
    const expectRefusal = async (procedure: (typeof procedures)[number], input: unknown, field?: string) => {
      const { status, text } = await send(procedure, input);
      tried += 1;
      if (status !== 400 || (field !== undefined && !text.includes(field)))
        wrong.push(`${procedure.path} answers ${JSON.stringify(input)} with ${status}`);
    };
    const without = procedures.filter(({ input }) => input === undefined);
    for (const procedure of procedures) {
      const base = sample(schemaOf(procedure.input));
      await expectRefusal(procedure, { ...(typeof base === 'object' ? base : {}), unknownField: 1 }, 'unknownField');
    }
    for (const procedure of without) for (const input of MISTAKES) await expectRefusal(procedure, input);
    for (const procedure of without) {
      for (const input of [undefined, {}]) {
        const { status } = await send(procedure, input);
        // Two-factor sign-in is not set up here, so there is nothing to renew.
        if (status !== (procedure.path === 'twoFactor.renewCodes' ? 409 : 200))
          wrong.push(`${procedure.path} answers ${JSON.stringify(input)} with ${status}`);
      }
    }
    console.log(`${tried} unknown fields and values at ${procedures.length} procedures, ${wrong.length} exceptions`);
    expect(without.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  }, 60_000);
});

const NUMBERS = [-1, 0.5, 2 ** 31, 2 ** 53, 1e308, '1e9', '', null, true, [], {}, '0x10', 'NaN', 'Infinity'];
const TEXTS = [
  "' OR 1=1 --",
  '../../etc/passwd',
  'a\u0000b',
  'a\r\nx-header: y',
  '\u202egpj.exe',
  '{{constructor.constructor("return 1")()}}',
  '<script>alert(1)</script>',
  '=HYPERLINK("x")',
  '__proto__',
  '\ud800',
  'x'.repeat(100_000),
  { $gt: '' },
  ['a'],
  17,
];

const valuesFor = ({ type, anyOf = [] }: JsonSchema): readonly unknown[] => {
  const types = [type, ...anyOf.map((one) => one.type)];
  if (types.includes('string')) return TEXTS;
  return types.includes('number') || types.includes('integer') ? NUMBERS : [];
};

describe('hostile values', () => {
  it('in every field of every procedure that changes something are answered in words, never by a fault of ours', async () => {
    const wrong: string[] = [];
    let tried = 0;
    let refused = 0;
    for (const procedure of changes) {
      for (const [field, schema] of propertiesOf(procedure.input)) {
        for (const value of valuesFor(schema)) {
          const base = sample(schemaOf(procedure.input));
          const input = { ...(typeof base === 'object' ? base : {}), [field]: value };
          const { status, text } = await send(procedure, input);
          tried += 1;
          if (status >= 400) refused += 1;
          const fault = status === 500 || (status >= 400 && (JSON.parse(text).error?.message?.length ?? 0) < 10);
          if (fault)
            wrong.push(
              `${procedure.path} ${field}=${JSON.stringify(value).slice(0, 40)}: ${status} ${text.slice(0, 200)}`,
            );
        }
      }
    }
    console.log(`${tried} hostile values in ${changes.length} procedures, ${refused} refused, ${wrong.length} faults`);
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(1000);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  }, 300_000);
});
