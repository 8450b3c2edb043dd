import { DomainError } from '@/lib/errors';
import { getModule } from '@/modules/registry';
import type { ServerModuleInterface } from '@/modules/sdk/contract';

/** The code of a module that rows refer to. UNAVAILABLE when this installation no longer has it. */
export async function requireModule(slug: string): Promise<ServerModuleInterface> {
  const module = await getModule(slug);
  if (module) return module;
  throw new DomainError(
    'UNAVAILABLE',
    `The server module "${slug}" is not installed here. Install it again (HYBLE_MODULES names external ones) and restart; nothing was changed.`,
  );
}
