import type { ServerModule } from '@/generated/prisma/client';
import type { ServerModuleUncheckedCreateInput } from '@/generated/prisma/models';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';

/** A module row. Its slug stands for no code unless the caller names one that does. */
export function makeServerModule(overrides: Partial<ServerModuleUncheckedCreateInput> = {}): Promise<ServerModule> {
  const id = overrides.id ?? uuidv7();
  return db.serverModule.create({
    data: {
      id,
      name: 'Test panel',
      slug: `test-${id}`,
      type: 'game',
      version: '1.0.0',
      configSchema: {},
      supportsSuspend: true,
      supportsUnsuspend: true,
      supportsTerminate: true,
      supportsUsage: false,
      supportsSSO: false,
      ...overrides,
    },
  });
}
