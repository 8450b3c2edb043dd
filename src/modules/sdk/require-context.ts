import type { ModuleContext } from './contract';
import { ModuleError } from './errors';

/** The context of a call. It may be left out only by modules that dial by themselves. */
export function contextOf(ctx: ModuleContext | undefined): ModuleContext {
  if (ctx) return ctx;
  throw new ModuleError({
    kind: 'unsupported',
    outcome: 'not-done',
    words: 'The module was called without a context, so it has no way to reach its panel. Nothing was sent.',
  });
}
