import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface TakenEvent {
  id: string;
  name: string;
  data: Record<string, unknown>;
}

/** Stands in for an executor's event intake, on loopback. */
export interface EventIntake {
  events: TakenEvent[];
  /** What it answers; events are taken with 200 only. */
  status: number;
  stop(): void;
}

/** Started before anything is imported that makes the Inngest client: that reads its environment at once. */
export async function startEventIntake(): Promise<EventIntake> {
  const intake: EventIntake = { events: [], status: 200, stop: () => {} };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { status } = intake;
    if (status === 200 && request.method === 'POST') intake.events.push(...(JSON.parse(body) as TakenEvent[]));
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ ids: intake.events.map(({ id }) => id), status, ...(status !== 200 && { error: 'no' }) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.INNGEST_DEV = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.INNGEST_EVENT_KEY = 'test';
  intake.stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return intake;
}
