import { describe, expect, it } from 'vitest';
import { fromOf } from './mail-sender';
import { renderEmail } from './render-email';
import { sampleChange, sampleIncident } from './samples';
import { MAIL_LANGUAGES } from './schema';
import type { StaffIncident } from './staff-incident';
import { MAIL_TEMPLATES, type MailTemplate } from './templates';

const sender = { company: 'Games Ltd', supportEmail: 'help@games.example', supportUrl: null };
const base = { subject: 's', password: null, panelUrl: 'https://panel.example', sender };
const render = (template: MailTemplate, data: unknown, language = 'en') =>
  renderEmail({ ...base, template, data, language });

describe('mails about a change', () => {
  it.each(['suspended', 'resumed', 'terminated'] as const)(
    '%s says what, to whom and where help is',
    async (template) => {
      const { html, text } = await render(template, sampleChange);
      for (const part of [html, text]) {
        for (const fact of ['Ada Fenwick', 'Minecraft Starter', 'play.fenwick.example', 'fenwick7k2', 'Games Ltd']) {
          expect(part).toContain(fact);
        }
        expect(part).toContain('help@games.example');
      }
      expect(text).toContain('Open the client area (https://panel.example/my)');
      expect(MAIL_TEMPLATES[template].subject('en', sampleChange)).toContain('play.fenwick.example');
    },
  );

  it('say the reason of a suspension, and nothing where none was given', async () => {
    expect((await render('suspended', sampleChange)).text).toContain('Reason: Invoice 2026-1187 is open');
    expect((await render('suspended', { ...sampleChange, reason: null })).text).not.toContain('Reason');
    expect((await render('resumed', sampleChange)).text).not.toContain('Invoice');
  });

  it('say the day of a planned removal in the language of the mail', async () => {
    const data = { ...sampleChange, removedOn: '2026-12-24T23:30:00.000Z' };
    expect((await render('suspended', data)).text).toContain('Removal on: December 24, 2026 (UTC)');
    expect((await render('suspended', data, 'tr')).text).toContain('Silinme tarihi: 24 Aralık 2026 (UTC)');
  });

  it('escape a hostile reason', async () => {
    const { html } = await render('suspended', { ...sampleChange, reason: '<img src=x onerror=alert(1)>' });
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img');
  });
});

const server = { id: 's1', name: 'eu1' };
const INCIDENTS: [StaffIncident, string[]][] = [
  [sampleIncident, ['Gave up after 4 tries on eu1', 'press Retry', '503 Service Unavailable', '/services/01890a5d']],
  [
    { ...sampleIncident, kind: 'operation-unknown', reason: { code: 'not-ours', server, found: 'owner bob' } },
    ['is not ours', 'owner bob', 'Create account'],
  ],
  [
    { kind: 'server-held', serverId: 's1', server: 'eu1', errorKind: 'auth', words: '401 bad key' },
    ['eu1 is held', '401 bad key', 'refusing our key', 'goes on by itself', 'https://panel.example/servers'],
  ],
  [
    { kind: 'server-held', serverId: 's1', server: 'eu1', errorKind: 'not-found', words: 'gone', endedBy: 'staff' },
    ['until somebody releases it', 'It is not tested by itself', 'under Actions'],
  ],
  [{ kind: 'server-released', serverId: 's1', server: 'eu1', why: '' }, ['eu1 works again']],
  [{ kind: 'no-room', groupId: 'g1', group: 'Games EU' }, ['No server has room: Games EU']],
  [{ kind: 'capacity-low', groupId: 'g1', group: 'Games EU', used: 90, capacity: 100 }, ['nearly full', '90 / 100']],
];

describe('mails to staff', () => {
  it.each(INCIDENTS)('tell what happened, what it means and what to do: $kind', async (incident, expected) => {
    const { text, html } = await render('staff-notice', incident);
    for (const words of expected) expect(text).toContain(words);
    expect(text).not.toContain('help@games.example');
    expect(html).not.toMatch(/[a-z]+\.[a-z-]+\.(title|meaning|next)/);
    expect(MAIL_TEMPLATES['staff-notice'].subject('en', incident)).not.toMatch(/[{}]|-subject/);
  });

  it('give the advice above the facts, which it calls "below"', async () => {
    const { text } = await render('staff-notice', sampleIncident);
    expect(text.indexOf('press Retry')).toBeLessThan(text.indexOf('503 Service Unavailable'));
  });

  it.each(INCIDENTS)('exist in Turkish: $kind', async (incident) => {
    const { text } = await render('staff-notice', incident, 'tr');
    expect(text).toContain('Her olay için tek e-posta');
    expect(MAIL_TEMPLATES['staff-notice'].subject('tr', incident)).not.toBe(
      MAIL_TEMPLATES['staff-notice'].subject('en', incident),
    );
  });
});

describe('every template', () => {
  it.each(Object.keys(MAIL_TEMPLATES) as MailTemplate[])(
    '%s is written from its sample in each language',
    async (name) => {
      for (const language of MAIL_LANGUAGES) {
        const { html, text } = await render(name, MAIL_TEMPLATES[name].sample, language);
        expect(html).toContain(`lang="${language}"`);
        expect(text.length).toBeGreaterThan(100);
      }
    },
  );
});

describe('the sender', () => {
  it('has the name of the settings and the address of MAIL_FROM', () => {
    const from = 'Hyble Provisioning <no-reply@games.example>';
    expect(fromOf({ mailFromName: null }, from)).toBe(from);
    expect(fromOf({ mailFromName: 'Games "EU" Ltd' }, 'no-reply@games.example')).toBe(
      fromOf({ mailFromName: 'Games "EU" Ltd' }, from),
    );
    expect(fromOf({ mailFromName: 'Games "EU" Ltd' }, from)).toBe('"Games \\"EU\\" Ltd" <no-reply@games.example>');
  });
});
