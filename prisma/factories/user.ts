import { hashPassword } from '@/features/users/hash-password';
import type { User } from '@/generated/prisma/client';
import type { UserUncheckedCreateInput } from '@/generated/prisma/models';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';

/** A user who can sign in. `password` is hashed here. */
export async function makeUser(
  overrides: Partial<UserUncheckedCreateInput> & { password?: string } = {},
): Promise<User> {
  const { password = 'a password of twelve or more', ...fields } = overrides;
  const id = overrides.id ?? uuidv7();
  return db.user.create({
    data: {
      id,
      email: `user-${id}@example.com`,
      name: 'Ada Tester',
      role: 'SUPPORT',
      passwordHash: await hashPassword(password),
      ...fields,
    },
  });
}
