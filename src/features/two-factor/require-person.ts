import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';

/** Who has a phone and sets a second factor up for themselves: no program does. */
export function requirePerson({ actor }: Ctx): { id: string; name: string } {
  if (actor.type === 'user') return actor;
  throw new DomainError('FORBIDDEN', 'Only somebody who signed in has a second factor.');
}
