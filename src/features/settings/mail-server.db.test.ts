import { expect, it } from 'vitest';
import { getSettings } from './queries';

it('shows where mails go, without user and password', async () => {
  process.env.SMTP_URL = 'smtp://canary-user:canary-pass@mail.games.example:2525';
  const page = await getSettings();
  expect(page.mailServer).toMatchObject({ configured: true, host: 'mail.games.example:2525', encryption: 'starttls' });
  expect(JSON.stringify(page)).not.toContain('canary');
});
