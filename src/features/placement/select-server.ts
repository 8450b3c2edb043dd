import { claimOperation, inTurn, LostTurn, type Run, type StepEnd } from '@/features/operations/claim-operation';
import { handleProvisioningError } from '@/features/operations/handle-provisioning-error';
import { notifyStaff } from '@/features/operations/notify-staff';
import { parkOperation } from '@/features/operations/park-operation';
import type { Tx } from '@/lib/db';
import { DomainError } from '@/lib/errors';
import { readFillType, type Wanted, wantedBy } from './candidates';
import { explainNoRoom } from './explain-placement';
import { readHandPicked } from './hand-picked';
import { openPlacement } from './release-placement';
import { type SlotOwner, type TakenSlot, takeSlot } from './take-slot';

// Room usually announces itself; this is for the change that nobody announced.
const LOOK_FOR_ROOM_AGAIN_SECONDS = 60;
const AVOID_FOR_MS = 10 * 60_000;

/** Step `select-server`: claims the operation, then reserves a slot on the best server, or says why there is none. */
export async function selectServer(run: Run): Promise<StepEnd> {
  if (!(await claimOperation(run))) return { next: 'stop', why: 'another run has it' };
  return inTurn(run, async (tx, operation): Promise<StepEnd> => {
    const kept = await openPlacement(tx, operation.serviceId);
    if (kept) return { next: 'go-on' };
    const service = await tx.service.findUniqueOrThrow({
      where: { id: operation.serviceId },
      include: { product: { include: { serverGroup: true, module: true } } },
    });
    const { product } = service;
    if (!product.module.isActive) {
      return handleProvisioningError(tx, operation.id, 'FAILED', {
        code: 'product-unusable',
        field: 'moduleId',
        words: `The module "${product.module.name}" is switched off.`,
      });
    }
    const picked = readHandPicked(operation.input);
    const wanted = picked
      ? { ...wantedBy(product, []), only: picked.serverId, overLimit: picked.overrideReason !== null }
      : wantedBy(product, readAvoid(operation.avoid));
    const byHand = picked ? { by: picked.by, overrideReason: picked.overrideReason } : undefined;
    const placed = await placeService(
      tx,
      { serviceId: service.id, operationId: operation.id, byHand },
      wanted,
      product.serverGroup?.fillType,
    );
    if (placed) return { next: 'go-on' };
    const explanation = await explainNoRoom(tx, wanted);
    const short = product.serverGroup ?? product;
    await notifyStaff(tx, { kind: 'no-room', groupId: short.id, group: short.name });
    return parkOperation(
      tx,
      run,
      { code: 'no-room', group: product.serverGroup?.name ?? null, ...explanation },
      LOOK_FOR_ROOM_AGAIN_SECONDS,
    );
  }).catch(endQuietly);
}

/** A run that lost its turn has nothing to say. */
export function endQuietly(error: unknown): StepEnd {
  if (error instanceof LostTurn) return { next: 'stop', why: error.message };
  throw error;
}

/** Takes a slot and writes the placement with its reason; null = no room. If all that is left was just left, it will do. */
export async function placeService(
  tx: Tx,
  owner: SlotOwner,
  wanted: Wanted,
  storedRule: string | null | undefined,
): Promise<TakenSlot | null> {
  const rule = readFillType(storedRule);
  return (
    (await takeSlot(tx, owner, wanted, rule)) ??
    (wanted.avoid.length ? takeSlot(tx, owner, { ...wanted, avoid: [] }, rule) : null)
  );
}

/** Servers that an operation left in the last ten minutes. */
export function readAvoid(stored: unknown): string[] {
  if (!Array.isArray(stored)) throw new DomainError('INVALID_STATE', 'The list of servers to avoid is damaged.');
  return stored
    .filter((entry: { at?: string }) => Date.now() - Date.parse(entry.at ?? '') < AVOID_FOR_MS)
    .map((entry: { serverId: string }) => entry.serverId);
}
