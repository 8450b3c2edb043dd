// A mail server that keeps what it gets and shows it, for the demo and the browser tests. Never part of an installation.
// First message from the parent: { type: 'settings', settings: { httpPort, smtpPort } }; answer: { type: 'ready', ... }.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import PostalMime, { type Address } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { renderMailbox } from './mailbox-page';
import { receiveSettings } from './receive-settings';

export interface CaughtEmail {
  id: number;
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  receivedAt: string;
}

const MOST_KEPT = 1000;
const caught: CaughtEmail[] = [];
let count = 0;

const names = (list: Address[] | undefined) => (list ?? []).map(({ address }) => address ?? '').join(', ');

async function keep(message: Buffer, recipients: string[]): Promise<void> {
  const mail = await PostalMime.parse(message);
  count += 1;
  caught.unshift({
    id: count,
    to: recipients.join(', ') || names(mail.to),
    from: names(mail.from ? [mail.from] : []),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    messageId: mail.messageId ?? '',
    receivedAt: new Date().toISOString(),
  });
  caught.length = Math.min(caught.length, MOST_KEPT);
}

/** Takes mail for anybody, without sign-in, on loopback only. */
function startSmtp(port: number): Promise<SMTPServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: 10_000_000,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        // 250 is said only after the mail is in the list: whoever looks afterwards finds it.
        keep(Buffer.concat(chunks), recipients).then(
          () => callback(),
          (error: unknown) => callback(error instanceof Error ? error : new Error('The mail could not be read.')),
        );
      });
    },
  });
  server.on('error', (error) => console.error(error.message));
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/email' && request.method === 'DELETE') {
    caught.length = 0;
    response.writeHead(204).end();
  } else if (pathname === '/email' && request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(caught));
  } else if (pathname === '/' && request.method === 'GET') {
    const policy = "default-src 'none'; style-src 'unsafe-inline'";
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
    response.end(renderMailbox(caught));
  } else {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Try GET /, GET /email or DELETE /email.\n');
  }
}

const settings = await receiveSettings<{ httpPort: number; smtpPort: number }>();
await startSmtp(settings.smtpPort);
const http = createServer(answer);
await new Promise<void>((resolve) => {
  http.listen(settings.httpPort, '127.0.0.1', resolve);
});
process.send?.({ type: 'ready', url: `http://127.0.0.1:${settings.httpPort}` });
process.once('SIGTERM', () => process.exit(0));
