import { createCustomer } from '@/features/customers/create-customer';
import { readCompany } from '@/features/settings/read-company';
import { updateSettings } from '@/features/settings/update-settings';
import { createUser } from '@/features/users/create-user';
import { type Ctx, systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import type { SignIn } from './read-demo-settings';

interface SamplePerson {
  name: string;
  email: string;
  language: 'en' | 'tr';
}

/** Invented; every address ends in a name that can never be registered. */
export const SAMPLE_CUSTOMERS: readonly SamplePerson[] = [
  { name: 'Clara Whitfield', email: 'clara@whitfield.example', language: 'en' },
  { name: 'Emre Yıldırım', email: 'emre@yildirim.example', language: 'tr' },
  { name: 'Northlight Studio', email: 'hosting@northlight.example', language: 'en' },
  { name: 'Jonas Bergström', email: 'jonas@bergstrom.example', language: 'en' },
  { name: 'Zeynep Korkmaz', email: 'zeynep@korkmaz.example', language: 'tr' },
  { name: 'Hollow Pine Guild', email: 'guild@hollowpine.example', language: 'en' },
  { name: 'Priya Raman', email: 'priya@raman.example', language: 'en' },
  { name: 'Tomás Figueira', email: 'tomas@figueira.example', language: 'en' },
  { name: 'Blockworks School', email: 'it@blockworks.example', language: 'en' },
  { name: 'Deniz Aksoy', email: 'deniz@aksoy.example', language: 'tr' },
  { name: 'Marta Nowicka', email: 'marta@nowicka.example', language: 'en' },
  { name: 'Oliver Stone-Hart', email: 'oliver@stonehart.example', language: 'en' },
];

/** Administrator and support, who sign in with the same password here. Answers in whose name the rest is done. */
export async function seedStaff(admin: SignIn): Promise<Ctx> {
  const setup = systemContext('demo');
  const { id } = await userWith(setup, { ...admin, name: 'Demo Administrator', role: 'ADMIN' });
  const support = { email: 'support@demo.example', password: admin.password };
  await userWith(setup, { ...support, name: 'Demo Support', role: 'SUPPORT' });
  return {
    actor: { type: 'user', id, name: 'Demo Administrator', role: 'ADMIN', customerId: null },
    address: null,
    requestId: setup.requestId,
  };
}

/** How the company shows itself to its customers; what staff changed since stays as it is. */
export async function seedCompany(ctx: Ctx): Promise<void> {
  if ((await readCompany()).name === null)
    await updateSettings(ctx, { companyName: 'Harbour Hosting', supportEmail: 'help@harbour.example' });
}

/** All sample customers, the one who can sign in first. Answers their ids in that order. */
export async function seedCustomers(ctx: Ctx, signIn: SignIn): Promise<string[]> {
  const people: SamplePerson[] = [{ name: 'Ada Fenwick', email: signIn.email, language: 'en' }, ...SAMPLE_CUSTOMERS];
  const ids: string[] = [];
  for (const [index, person] of people.entries()) {
    const externalRef = `demo-${index + 1}`;
    const known = await db.customer.findUnique({ where: { externalRef }, select: { id: true } });
    ids.push((known ?? (await createCustomer(ctx, { ...person, externalRef }))).id);
  }
  const [customerId] = ids;
  if (customerId) await userWith(ctx, { ...signIn, name: 'Ada Fenwick', role: 'CUSTOMER', customerId });
  return ids;
}

async function userWith(ctx: Ctx, input: Parameters<typeof createUser>[1]): Promise<{ id: string }> {
  const known = await db.user.findUnique({ where: { email: input.email }, select: { id: true } });
  return known ?? createUser(ctx, input);
}
