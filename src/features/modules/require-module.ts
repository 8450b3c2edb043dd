import { DomainError } from '@/lib/errors';
import { getModule } from '@/modules/registry';
import type { ServerModuleInterface } from '@/modules/sdk/contract';

/**
 * The module that rows refer to; of a generic one the version that is asked for, else the newest. UNAVAILABLE when this
 * installation no longer has it.
 */
export async function requireModule(slug: string, version: number | null = null): Promise<ServerModuleInterface> {
  const module = await getModule(slug, version);
  if (module) return module;
  throw new DomainError(
    'UNAVAILABLE',
    `The server module "${slug}" is not installed here. Install it again (HYBLE_MODULES names external ones) and restart; nothing was changed.`,
  );
}
