import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import en from './messages/en.json';
import tr from './messages/tr.json';
import { renderEmail } from './render-email';
import { MAIL_LANGUAGES, type WelcomeData } from './schema';
import { MAIL_TEMPLATES } from './templates';
import { mailLanguage } from './texts';

const data: WelcomeData = {
  customer: 'Ada Fenwick',
  product: 'Minecraft Starter',
  domain: 'play.fenwick.example',
  username: 'fenwick7k2',
  hostname: 'eu1.games.example',
  ip: '203.0.113.5',
  port: 25565,
  ftpPort: 2121,
  nameservers: ['ns1.games.example', 'ns2.games.example'],
};

const panelUrl = 'https://panel.example/x?a=1&b=2';
const serviceId = '01890a5d-ac96-774b-bcce-b302099a8058';
const link = `${panelUrl}/my/services/${serviceId}`;
const sender = { company: 'Games Ltd', supportEmail: 'help@games.example', supportUrl: 'https://games.example/help' };

function render(over: Partial<WelcomeData> = {}, password: string | null = null, language = 'en') {
  const facts = { ...data, ...over };
  const subject = MAIL_TEMPLATES.welcome.subject(mailLanguage(language), facts);
  return renderEmail({ template: 'welcome', language, subject, data: facts, serviceId, password, panelUrl, sender });
}

function keys(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' ? keys(inner, `${path}${key}.`) : [`${path}${key}`],
  );
}

/** Names that a text is filled with, those inside select arms included. */
function argumentsOf(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.select) {
      return [element.value, ...Object.values(element.options).flatMap(({ value }) => argumentsOf(value))];
    }
    return element.type === TYPE.argument ? [element.value] : [];
  });
}

const placeholders = (text: string) => [...new Set(argumentsOf(parse(text)))].sort();

describe('the welcome mail', () => {
  it.each(MAIL_LANGUAGES)('says every fact in both parts (%s)', async (language) => {
    const { html, text } = await render({}, 'S3cret-for-once', language);
    for (const part of [html, text]) {
      for (const fact of [
        'Ada Fenwick',
        'Minecraft Starter',
        'play.fenwick.example',
        'fenwick7k2',
        'eu1.games.example',
        '203.0.113.5:25565',
        '203.0.113.5:2121',
        'ns1.games.example, ns2.games.example',
        'S3cret-for-once',
      ]) {
        expect(part).toContain(fact);
      }
    }
    const { welcome, common } = language === 'en' ? en : tr;
    expect(text).toContain(`${welcome.username}: fenwick7k2`);
    expect(text).toContain(`${common.button} (${link})`);
    expect(html).toContain(`lang="${language}"`);
    expect(html).toContain(`href="https://panel.example/x?a=1&amp;b=2/my/services/${serviceId}"`);
  });

  it('has no password unless it is handed one, and says so', async () => {
    const { text } = await render();
    expect(text).not.toContain('Password:');
    expect(text).toContain(en.welcome.noPassword);
  });

  it('leaves out what the panel did not tell', async () => {
    const { text } = await render({ domain: null, port: null, ftpPort: null, hostname: null, nameservers: [] });
    expect(text).toContain('IP address: 203.0.113.5\n');
    for (const label of ['Domain:', 'Address:', 'FTP address:', 'Server:', 'Name servers:']) {
      expect(text.split('\n').some((line) => line.startsWith(label))).toBe(false);
    }
  });

  it('puts an IPv6 address in brackets before a port', async () => {
    expect((await render({ ip: '2001:db8::5' })).text).toContain('[2001:db8::5]:25565');
  });

  it('escapes a hostile name, product and domain', async () => {
    const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
    const { html } = await render({ customer: hostile, product: hostile, domain: hostile, username: hostile });
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('&lt;script&gt;');
  });

  it('does not read placeholders or tags out of values', async () => {
    const { text } = await render({ customer: '{product} <b>x</b>' });
    expect(text).toContain('Hello {product} <b>x</b>,');
  });

  it('makes a subject of one line', async () => {
    const { subject } = await render({ domain: 'a.example\r\nBcc: all@example.com' });
    expect(subject).toBe('a.example Bcc: all@example.com is ready');
  });

  it('refuses a template and data it does not know', async () => {
    const mail = { language: 'en', subject: 's', password: null, panelUrl, sender };
    await expect(renderEmail({ ...mail, template: 'constructor', data })).rejects.toThrow('"constructor"');
    await expect(renderEmail({ ...mail, template: 'welcome', data: { customer: 'x' } })).rejects.toThrow();
  });
});

describe('the texts of mails', () => {
  it('are complete in both languages, with the same placeholders', () => {
    expect(keys(tr)).toEqual(keys(en));
    const text = (messages: object, path: string) =>
      path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], messages) as string;
    for (const path of keys(en)) {
      expect(text(tr, path).trim(), path).not.toBe('');
      expect(placeholders(text(tr, path)), path).toEqual(placeholders(text(en, path)));
    }
  });

  it('fall back to English for a language we do not have', () => {
    expect([mailLanguage('tr-TR'), mailLanguage('TR'), mailLanguage('de'), mailLanguage('')]).toEqual([
      'tr',
      'tr',
      'en',
      'en',
    ]);
  });
});
