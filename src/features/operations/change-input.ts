import { z } from 'zod';
import type { Prisma } from '@/generated/prisma/client';
import { seal, unseal } from '@/lib/crypto';

const chosenOption = z.object({ optionId: z.string(), quantity: z.number() });
const packageRef = z.object({
  productId: z.string(),
  moduleSettings: z.record(z.string(), z.unknown()),
  configOptions: z.array(chosenOption),
});

/** What a piece of work on an existing account was asked with. `password` is opened here and sealed in the row. */
const changeInput = z.object({
  reason: z.string().nullable().default(null),
  password: z.string().optional(),
  change: z.object({ from: packageRef, to: packageRef }).optional(),
  actionId: z.string().optional(),
  actionInput: z.unknown().optional(),
});
export type ChangeInput = z.infer<typeof changeInput>;
export type ChangeWish = z.input<typeof changeInput>;

const place = (operationId: string) => ({ table: 'Operation', id: operationId, column: 'input' });

/** The input as it is stored: the password sealed for this row. */
export async function sealInput(operationId: string, wish: ChangeWish): Promise<Prisma.InputJsonObject> {
  const parsed = changeInput.parse(wish);
  const password = parsed.password === undefined ? undefined : await seal(parsed.password, place(operationId));
  return JSON.parse(JSON.stringify({ ...parsed, password })) as Prisma.InputJsonObject; // what JSON.parse gives is JSON
}

export async function openInput(operationId: string, stored: unknown): Promise<ChangeInput> {
  const parsed = changeInput.parse(stored);
  return parsed.password === undefined
    ? parsed
    : { ...parsed, password: await unseal(parsed.password, place(operationId)) };
}
