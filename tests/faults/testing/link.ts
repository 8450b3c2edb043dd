import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** `closed`: nobody listens · `silent`: takes connections and says nothing · `cut`: ends each at once, those that are open too. */
export type LinkMode = 'open' | 'closed' | 'silent' | 'cut';

/** The way to a server, in the state that a test sets. */
export async function startLink(target: { port: number; host: string }) {
  const sockets = new Set<Socket>();
  let mode: LinkMode = 'open';
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    keep(near);
    if (mode === 'cut') return near.destroy();
    if (mode === 'silent') return;
    const far = connect(target.port, target.host);
    keep(far);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP listener always has one
  return {
    port,
    async setMode(next: LinkMode): Promise<void> {
      if (next === 'closed' && mode !== 'closed') server.close();
      if (next !== 'closed' && mode === 'closed') await once(server.listen(port, '127.0.0.1'), 'listening');
      mode = next;
      if (mode === 'cut') cut();
    },
    async stop(): Promise<void> {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
