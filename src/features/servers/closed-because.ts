import type { OperationReason } from '@/features/operations/reasons';
import type { OpenServer } from './server-access';

/** Why this server gets no changing calls now; null = it does. MAINTENANCE only keeps new services and customers away. */
export function closedBecause({ record }: Pick<OpenServer, 'record'>): OperationReason | null {
  const server = { id: record.id, name: record.name };
  if (record.heldAt !== null) return { code: 'server-held', server, words: record.heldReason ?? '' };
  if (record.isDisabled) return { code: 'server-not-ready', server, state: 'disabled' };
  if (record.status === 'OFFLINE') return { code: 'server-not-ready', server, state: 'offline' };
  return null;
}
