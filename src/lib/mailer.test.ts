import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailer, type MailerSettings } from './mailer';
import { type SmtpCatcher, startSmtpCatcher } from './testing/smtp-catcher';

const mail = {
  to: 'ada@fenwick.example',
  subject: 'play.fenwick.example kullanıma hazır',
  text: 'Merhaba',
  html: '<p>Merhaba</p>',
  messageId: '<1@panel.example>',
};
const FROM = 'Games Ltd <no-reply@panel.example>';

let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

async function catcher(options?: Parameters<typeof startSmtpCatcher>[0]): Promise<SmtpCatcher> {
  const started = await startSmtpCatcher(options);
  ends.push(started.stop);
  return started;
}

/** A server of bare TCP, for what no mail server would do. */
async function bareServer(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const send = (url: string, over: Partial<typeof mail> & { from?: string } = {}, limits: Partial<MailerSettings> = {}) =>
  createMailer({ url, from: FROM, silenceMs: 400, ...limits }).sendMail({ ...mail, ...over });

describe('a mail that is taken', () => {
  it('arrives with both parts, its sender and its Message-ID', async () => {
    const smtp = await catcher();
    expect(await send(smtp.url)).toEqual({ outcome: 'sent' });
    expect(smtp.mails).toHaveLength(1);
    expect(smtp.mails[0]).toMatchObject({
      subject: mail.subject,
      messageId: mail.messageId,
      from: { name: 'Games Ltd', address: 'no-reply@panel.example' },
      to: [{ address: mail.to }],
    });
    expect(smtp.mails[0]?.text?.trim()).toBe('Merhaba');
    expect(smtp.mails[0]?.html).toContain('<p>Merhaba</p>');
  });

  it('is sent with the login of the address', async () => {
    const logins: unknown[] = [];
    const smtp = await catcher({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, answer) => {
        logins.push([username, password]);
        answer(null, { user: username });
      },
    });
    expect(await send(`smtp://post%40a:p%2Fw@127.0.0.1:${smtp.port}`)).toEqual({ outcome: 'sent' });
    expect(logins).toEqual([['post@a', 'p/w']]);
  });
});

describe('a mail that is not taken', () => {
  it.each([
    ['MAIL', 451, 'retry'],
    ['RCPT', 450, 'retry'],
    ['DATA', 452, 'retry'],
    ['RCPT', 550, 'refused'],
    ['DATA', 554, 'refused'],
    // Our own sender address is a setting, not the customer's fault.
    ['MAIL', 553, 'retry'],
  ] as const)('%s %i -> %s', async (at, code, outcome) => {
    const smtp = await catcher();
    smtp.fault = { at, code, words: 'mailbox in trouble' };
    const result = await send(smtp.url);
    expect(result).toMatchObject({ outcome });
    expect(result).toHaveProperty('words', expect.stringContaining('mailbox in trouble'));
  });

  it('is tried again when nothing listens', async () => {
    const smtp = await startSmtpCatcher();
    await smtp.stop();
    expect(await send(smtp.url)).toMatchObject({ outcome: 'retry', words: expect.stringContaining('ECONNREFUSED') });
  });

  it('is tried again when the login is refused, and the password stays out of the words', async () => {
    const smtp = await catcher({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, answer) =>
        answer(Object.assign(new Error(`no entry for ${password}`), { responseCode: 535 })),
    });
    const result = await send(`smtp://post:canary-93kd@127.0.0.1:${smtp.port}`);
    expect(result).toMatchObject({ outcome: 'retry', words: expect.stringContaining('no entry for [removed]') });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it.each(['after-data', 'silence'] as const)(
    'is tried again when the answer to the content is missing (%s)',
    async (at) => {
      const smtp = await catcher();
      smtp.fault = { at };
      expect(await send(smtp.url)).toMatchObject({ outcome: 'retry' });
      expect(smtp.mails.map((taken) => taken.messageId)).toEqual([mail.messageId]);
    },
  );

  it('is tried again when the server never greets', async () => {
    const url = await bareServer(() => {});
    const before = Date.now();
    expect(await send(url)).toMatchObject({ outcome: 'retry' });
    expect(Date.now() - before).toBeLessThan(3_000);
  });

  it('is tried again when the server talks without end', async () => {
    const url = await bareServer((socket) => {
      socket.write('220 hello\r\n');
      const timer = setInterval(() => socket.write('250-and another thing\r\n'), 50);
      socket.on('close', () => clearInterval(timer));
    });
    const result = await send(url, {}, { totalMs: 500 });
    expect(result).toMatchObject({ outcome: 'retry', words: expect.stringContaining('longer than 0.5 s') });
  });
});

describe('a mail that must not be sent', () => {
  it.each([
    ['to', 'ada@fenwick.example\r\nBcc: all@example.com'],
    ['subject', 'hello\nBcc: all@example.com'],
    ['messageId', '<1@a>\r\nX-Other: 1'],
    ['from', 'a@b.example\r\nBcc: all@example.com'],
    ['to', 'ada@fenwick.example, second@example.com'],
    ['to', 'not an address'],
  ])('%s = %j is refused before anything is dialled', async (field, value) => {
    const smtp = await catcher();
    expect(await send(smtp.url, { [field]: value })).toMatchObject({ outcome: 'refused' });
    expect(smtp.mails).toEqual([]);
  });
});

describe('encryption', () => {
  it('a certificate nobody vouches for is not accepted, whatever the address says', async () => {
    // smtp-server brings a self-signed certificate of its own.
    const smtp = await catcher({ secure: true });
    const result = await send(`smtps://127.0.0.1:${smtp.port}?tls.rejectUnauthorized=false`);
    expect(result).toMatchObject({ outcome: 'retry', words: expect.stringMatching(/certificate/i) });
    expect(smtp.mails).toEqual([]);
  });
});
