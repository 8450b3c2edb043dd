import { readSettings } from './read-settings';
import type { Company } from './schema';

/** What anybody may know of the company, also without signing in: it stands on the pages that customers see. */
export async function readCompany(): Promise<Company> {
  const { companyName, supportEmail, supportUrl } = await readSettings();
  return { name: companyName || null, supportEmail, supportUrl };
}
