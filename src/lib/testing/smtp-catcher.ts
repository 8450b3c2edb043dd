import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A real mail server on loopback that keeps what it is sent and fails as a test tells it to. */
export interface SmtpCatcher {
  url: string;
  port: number;
  /** Every mail whose content arrived whole, also when its answer was an error or a cut. */
  mails: Email[];
  /** What goes wrong from now on. */
  fault: SmtpFault | null;
  stop(): Promise<void>;
}

export type SmtpFault =
  | { at: 'MAIL' | 'RCPT' | 'DATA'; code: number; words?: string }
  /** Takes the whole mail, then cuts the connection before it answers. */
  | { at: 'after-data' }
  /** Takes the whole mail and never answers. */
  | { at: 'silence' };

export async function startSmtpCatcher(options: SMTPServerOptions = {}): Promise<SmtpCatcher> {
  const catcher: SmtpCatcher = { url: '', port: 0, mails: [], fault: null, stop: async () => {} };
  const refuse = (at: SmtpFault['at']) => (_address: unknown, _session: unknown, answer: (error?: Error) => void) => {
    const fault = catcher.fault;
    answer(fault && 'code' in fault && fault.at === at ? smtpError(fault.code, fault.words) : undefined);
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onMailFrom: refuse('MAIL'),
    onRcptTo: refuse('RCPT'),
    onData: async (stream, session, answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(Buffer.from(chunk));
      catcher.mails.push(await PostalMime.parse(Buffer.concat(chunks)));
      const fault = catcher.fault;
      if (fault?.at === 'silence') return;
      if (fault?.at === 'after-data') return cut(server, session.id);
      refuse('DATA')(null, null, answer);
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // smtp-server types its net.Server loosely; a listening TCP server has an AddressInfo.
  catcher.port = (server.server.address() as AddressInfo).port;
  catcher.url = `smtp://127.0.0.1:${catcher.port}`;
  catcher.stop = () => new Promise((resolve) => server.close(resolve));
  return catcher;
}

function smtpError(responseCode: number, words = `Answer ${responseCode} on purpose`): Error {
  return Object.assign(new Error(words), { responseCode });
}

/** Ends one session without a word, as a server that dies does. */
function cut(server: SMTPServer, sessionId: string): void {
  const { connections } = server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> };
  for (const connection of connections) if (connection.id === sessionId) connection._socket.destroy();
}
