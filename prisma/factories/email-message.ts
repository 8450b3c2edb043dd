import type { Prisma } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';

/** A kept welcome mail that is due now and belongs to no operation. */
export function makeEmailMessage(over: Partial<Prisma.EmailMessageUncheckedCreateInput> = {}) {
  const id = over.id ?? uuidv7();
  return db.emailMessage.create({
    data: {
      id,
      template: 'welcome',
      to: 'ada@fenwick.example',
      subject: 'play.fenwick.example is ready',
      messageId: `<${id}@panel.example>`,
      nextTryAt: new Date(0),
      data: {
        customer: 'Ada Fenwick',
        product: 'Minecraft Starter',
        domain: 'play.fenwick.example',
        username: 'fenwick7k2',
        hostname: 'eu1.games.example',
        ip: '203.0.113.5',
        port: 25565,
        ftpPort: null,
        nameservers: [],
      },
      ...over,
    },
  });
}
