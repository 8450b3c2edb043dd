import type { ServerGroup } from '@/generated/prisma/client';
import type { ServerGroupUncheckedCreateInput } from '@/generated/prisma/models';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';

export function makeServerGroup(overrides: Partial<ServerGroupUncheckedCreateInput> = {}): Promise<ServerGroup> {
  const id = overrides.id ?? uuidv7();
  return db.serverGroup.create({ data: { id, name: `Group ${id}`, ...overrides } });
}
