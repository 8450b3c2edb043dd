import type { Server } from '@/generated/prisma/client';
import type { ServerUncheckedCreateInput } from '@/generated/prisma/models';
import { seal } from '@/lib/crypto';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { makeServerModule } from './server-module';

interface ServerParts extends Partial<ServerUncheckedCreateInput> {
  /** Connection settings: sealed whole, as the program stores them. */
  config?: Record<string, unknown>;
  /** Those of them that lists may show. */
  open?: Record<string, string>;
}

export async function makeServer({ config = {}, open = {}, ...overrides }: ServerParts = {}): Promise<Server> {
  const id = overrides.id ?? uuidv7();
  const sealed = await seal(JSON.stringify(config), { table: 'Server', id, column: 'credentials' });
  return db.server.create({
    data: {
      id,
      name: `Server ${id.slice(-6)}`,
      hostname: `s-${id.slice(-6)}.example.com`,
      ipAddress: '192.0.2.10',
      type: 'GAME',
      moduleId: overrides.moduleId ?? (await makeServerModule()).id,
      credentials: { sealed, open },
      ...overrides,
    },
  });
}
