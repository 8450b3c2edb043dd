import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** `closed`: nobody listens · `silent`: takes connections and says nothing · `cut`: ends each at once. */
export type MailLinkMode = 'open' | 'closed' | 'silent' | 'cut';

/** The way to a mail server on this machine, in the state that a test sets before the next connection. */
export async function startMailLink(target: number) {
  const sockets = new Set<Socket>();
  let mode: MailLinkMode = 'open';
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (mode === 'cut') return near.destroy();
    if (mode === 'silent') return;
    const far = connect(target, '127.0.0.1');
    keep(far);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP listener always has one
  return {
    url: `smtp://127.0.0.1:${port}`,
    async setMode(next: MailLinkMode): Promise<void> {
      if (next === 'closed' && mode !== 'closed') server.close();
      if (next !== 'closed' && mode === 'closed') await once(server.listen(port, '127.0.0.1'), 'listening');
      mode = next;
    },
    async stop(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
