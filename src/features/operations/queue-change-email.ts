import type { Tx } from '@/lib/db';
import type { ChangeKind } from './courses';

/** Which mail tells the customer about a change; kinds without one are told in the client area. */
export async function queueChangeEmail(_tx: Tx, _operationId: string, _serviceId: string, _kind: ChangeKind): Promise<void> {}
