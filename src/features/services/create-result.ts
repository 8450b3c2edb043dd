import { z } from 'zod';
import { seal, unseal } from '@/lib/crypto';
import type { Tx } from '@/lib/db';
import type { CreateResult } from '@/modules/sdk/contract';
import { ModuleError } from '@/modules/sdk/errors';

const optionalText = z.string().max(1000).optional();
const byteFree = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]);

/** What a module may answer to a create; an answer of another shape is no proof that anything was made. */
const createResultSchema: z.ZodType<CreateResult> = z.object({
  remoteId: optionalText,
  username: optionalText,
  password: optionalText,
  domain: optionalText,
  dedicatedIp: optionalText,
  nameservers: z.array(z.string().max(255)).max(20).optional(),
  additionalData: z.record(z.string(), byteFree).optional(),
}) as z.ZodType<CreateResult>;

/** A module's answer to a create; a bare `false` is a no without a reason, anything else of another shape proves nothing. */
export function readCreateResult(answer: unknown): CreateResult {
  if (answer === false) throw new ModuleError({ kind: 'unsupported', words: 'The panel refused without a reason.' });
  return createResultSchema.parse(answer);
}

const place = (operationId: string) => ({ table: 'Operation', id: operationId, column: 'result' });

/** Seals the whole answer onto the operation: it may hold the account's password. */
export async function keepResult(tx: Tx, operationId: string, result: CreateResult): Promise<void> {
  const sealed = await seal(JSON.stringify(result), place(operationId));
  await tx.operation.update({ where: { id: operationId }, data: { result: sealed } });
}

export async function openResult(operationId: string, sealed: string): Promise<CreateResult> {
  return createResultSchema.parse(JSON.parse(await unseal(sealed, place(operationId))));
}
