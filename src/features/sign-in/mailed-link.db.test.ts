import { beforeEach, describe, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { forgetTries } from '@/lib/rate-limit';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeUser } from '../../../prisma/factories/user';
import { sendSignInLink } from '../customers/send-sign-in-link';
import { deliverEmail } from '../emails/deliver-email';
import { requestLink } from '../users/request-link';
import { requestLinkInput } from '../users/schema';
import { setPassword } from '../users/set-password';
import { checkSignIn } from './check-sign-in';
import { signInByLink } from './sign-in-by-link';

const visitor = { address: '192.0.2.7', agent: 'test' };
const asked = { address: '192.0.2.7', requestId: 'r' };
const ctx = systemContext('staff');

beforeEach(async () => {
  await db.emailMessage.deleteMany();
  for (const name of ['mail-link-visitor', 'link-code', 'set-password', 'sign-in-address'] as const)
    await forgetTries(name, visitor.address);
});

const ask = (email: string, more: object = {}) =>
  requestLink(asked, requestLinkInput.parse({ email, purpose: 'sign-in', ...more }));
const kept = () => db.emailMessage.findMany({ orderBy: { createdAt: 'asc' } });

/** Sends the newest kept mail to a mailer that keeps it; answers the link of its button. */
async function deliver(): Promise<URL> {
  const sent: { text: string }[] = [];
  const mailer = {
    sendMail: async (mail: { text: string }) => {
      sent.push(mail);
      return { outcome: 'sent' as const };
    },
  };
  const newest = (await kept()).at(-1);
  if (!newest) throw new Error('no mail');
  expect(await deliverEmail(newest.id, mailer as never)).toBe('sent');
  return new URL(/https?:\/\/\S+#[\w-]{43}/.exec(sent[0]?.text ?? '')?.[0] ?? '');
}
const codeOf = (link: URL) => link.hash.slice(1);

describe('a sign-in link by mail', () => {
  it('signs its customer in once; the code lies neither in the mail that is kept nor anywhere else', async () => {
    const user = await makeUser({ role: 'CUSTOMER' });
    await makeCustomer({ userId: user.id, language: 'tr' });
    await ask(user.email.toUpperCase(), { returnTo: '/my/services/1' });
    expect(await kept()).toMatchObject([{ template: 'sign-in-link', to: user.email, language: 'tr' }]);
    expect(await db.oneTimeCode.count({ where: { userId: user.id } })).toBe(0);
    const link = await deliver();
    expect([link.pathname, link.searchParams.get('to')]).toEqual(['/sign-in/link', '/my/services/1']);
    expect(JSON.stringify([await kept(), await db.oneTimeCode.findMany()])).not.toContain(codeOf(link));

    const answers = await Promise.all(Array.from({ length: 10 }, () => signInByLink(visitor, codeOf(link))));
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    expect(await db.session.count({ where: { userId: user.id } })).toBe(1);
    expect(await db.auditEntry.count({ where: { action: 'user.sign-in', targetId: user.id } })).toBe(1);
  });

  it('answers the same, and as slowly, for an address that nobody has', async () => {
    const admin = await makeUser({ role: 'ADMIN' });
    const off = await makeUser({ role: 'CUSTOMER', disabledAt: new Date() });
    const known = await makeUser({ role: 'CUSTOMER' });
    for (const email of ['nobody@example.com', admin.email, off.email, known.email]) {
      const started = performance.now();
      expect(await ask(email)).toEqual({ minutes: 30 });
      expect(performance.now() - started).toBeGreaterThanOrEqual(390);
    }
    expect((await kept()).map(({ to }) => to)).toEqual([known.email]);
  });

  it('lets a customer in who never signed in before, but not one of two with the same address', async () => {
    const customer = await makeCustomer({ name: 'Ada' });
    await ask(customer.email);
    expect(await signInByLink(visitor, codeOf(await deliver()))).not.toBeNull();
    expect(await db.user.findUnique({ where: { email: customer.email } })).toMatchObject({ role: 'CUSTOMER' });
    await db.emailMessage.deleteMany();
    for (const name of ['One', 'Two']) await makeCustomer({ name, email: 'shared@example.com' });
    await ask('shared@example.com');
    expect(await kept()).toEqual([]);
  });

  it('stops working when a newer one is sent, when it is too old, and for whoever is no customer', async () => {
    const user = await makeUser({ role: 'CUSTOMER' });
    await ask(user.email);
    const first = await deliver();
    await ask(user.email);
    const second = await deliver();
    expect(await signInByLink(visitor, codeOf(first))).toBeNull();
    await db.$executeRaw`UPDATE "OneTimeCode" SET "expiresAt" = now() - interval '1 second'`;
    expect(await signInByLink(visitor, codeOf(second))).toBeNull();
    await ask(user.email);
    const third = await deliver();
    await db.user.update({ where: { id: user.id }, data: { role: 'SUPPORT' } });
    expect(await signInByLink(visitor, codeOf(third))).toBeNull();
  });

  it('goes three times to one address, known or not, and no further', async () => {
    for (const email of ['stranger@example.com', (await makeUser({ role: 'CUSTOMER' })).email]) {
      await Promise.all([1, 2, 3].map(() => ask(email)));
      await expect(ask(email)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    }
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:1'])(
    'leads on to no "%s"',
    (to) => {
      const input = { email: 'a@example.com', purpose: 'sign-in', returnTo: to };
      expect(requestLinkInput.safeParse(input).success).toBe(false);
    },
  );
});

describe('what staff send', () => {
  it('makes the customer’s user, lasts a day and is in the audit log', async () => {
    const customer = await makeCustomer();
    expect(await sendSignInLink(ctx, { id: customer.id })).toEqual({ to: customer.email });
    expect(await kept()).toMatchObject([{ template: 'sign-in-link', customerId: customer.id }]);
    expect(await signInByLink(visitor, codeOf(await deliver()))).not.toBeNull();
    expect(await db.auditEntry.count({ where: { action: 'customer.send-sign-in-link', targetId: customer.id } })).toBe(
      1,
    );
  });

  it('is refused in words where somebody else signs in with that address', async () => {
    const { email } = await makeUser({ role: 'ADMIN' });
    const customer = await makeCustomer({ email });
    await expect(sendSignInLink(ctx, { id: customer.id })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await kept()).toEqual([]);
  });
});

it('a password is chosen by a mailed link, by staff too, and the old one ends', async () => {
  const user = await makeUser({ role: 'SUPPORT', password: 'the old one of all' });
  await ask(user.email, { purpose: 'password' });
  const link = await deliver();
  expect(link.pathname).toBe('/set-password');
  await setPassword(asked, { code: codeOf(link), password: 'a new one for the road' });
  expect(await checkSignIn(visitor, { email: user.email, password: 'the old one of all' })).toBeNull();
  expect(await checkSignIn(visitor, { email: user.email, password: 'a new one for the road' })).not.toBeNull();
});
