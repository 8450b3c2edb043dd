import { beforeEach, describe, expect, it } from 'vitest';
import { passwordPlace } from '@/features/services/module-service';
import { seal } from '@/lib/crypto';
import { db } from '@/lib/db';
import { makeEmailMessage } from '../../../prisma/factories/email-message';
import { getEmail, listEmails } from './queries';
import { type ListEmailsInput, listEmailsInput } from './schema';
import { createOrder } from './testing/create-order';

beforeEach(() => db.emailMessage.deleteMany());

const list = (input: Partial<ListEmailsInput> = {}) => listEmails(listEmailsInput.parse(input));

describe('the list of mails', () => {
  it('goes on after each page without leaving out or repeating one', async () => {
    const made = [];
    // Two at the same moment: the id decides.
    for (const second of [1, 2, 2, 3]) made.push(await makeEmailMessage({ createdAt: new Date(second * 1000) }));
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await list({ limit: 1, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(4);
    expect(new Set(seen)).toEqual(new Set(made.map(({ id }) => id)));
    expect(seen[0]).toBe(made[3]?.id);
  });

  it('filters by state, service and words', async () => {
    const { service } = await createOrder();
    const failed = await makeEmailMessage({ state: 'FAILED', serviceId: service.id, to: 'x_y@fenwick.example' });
    await makeEmailMessage({ to: 'xay@fenwick.example' });
    for (const input of [{ state: 'FAILED' as const }, { serviceId: service.id }, { search: 'X_Y' }]) {
      expect((await list(input)).items.map(({ id }) => id)).toEqual([failed.id]);
    }
  });

  it('says that a mail waits for a mail server, as long as it waits', async () => {
    await makeEmailMessage({ state: 'SENT', createdAt: new Date(1000), sentAt: new Date(0) });
    await makeEmailMessage();
    const { items } = await list();
    expect(items.map(({ state, noServer, sentAt }) => [state, noServer, sentAt])).toEqual([
      ['QUEUED', true, null],
      ['SENT', false, '1970-01-01T00:00:00.000Z'],
    ]);
  });

  it('holds no sealed value', async () => {
    const { service } = await createOrder({ sendPassword: true });
    await db.service.update({ where: { id: service.id }, data: { password: 'canary-sealed' } });
    await makeEmailMessage({ serviceId: service.id });
    expect(JSON.stringify(await list())).not.toContain('canary');
  });
});

describe('one mail', () => {
  it('is shown as received, with dots for the password', async () => {
    const { service } = await createOrder({ sendPassword: true });
    const password = await seal('canary-2Wd5', passwordPlace(service.id));
    await db.service.update({ where: { id: service.id }, data: { password } });
    const { id } = await makeEmailMessage({ serviceId: service.id });
    const mail = await getEmail(id);
    expect(mail.preview?.text).toContain('Password: ••••••••');
    expect(mail.preview?.html).toContain('play.fenwick.example');
    expect(mail.preview?.subject).toBe(mail.subject);
    expect(JSON.stringify(mail)).not.toMatch(/canary|sendPassword|eyJ/);
  });

  it('has no preview when it cannot be written any more', async () => {
    const { id } = await makeEmailMessage({ template: 'gone' });
    expect((await getEmail(id)).preview).toBeNull();
  });

  it('that does not exist is refused', async () => {
    await expect(getEmail('01890a5d-ac96-774b-bcce-b302099a8057')).rejects.toThrow('no such mail');
  });
});
