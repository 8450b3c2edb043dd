import { db } from '@/lib/db';

let made = 0;

/** A service with its first operation: what a welcome mail belongs to. */
export async function createOrder({ sendPassword = false } = {}) {
  made += 1;
  const module = await db.serverModule.create({
    data: {
      name: 'Panel',
      slug: `panel-${made}`,
      type: 'game',
      version: '1.0.0',
      configSchema: {},
      supportsSuspend: true,
      supportsUnsuspend: true,
      supportsTerminate: true,
      supportsUsage: false,
      supportsSSO: false,
    },
  });
  const customer = await db.customer.create({ data: { name: 'Ada Fenwick', email: 'ada@fenwick.example' } });
  const product = await db.product.create({ data: { name: 'Minecraft Starter', moduleId: module.id, sendPassword } });
  const service = await db.service.create({ data: { customerId: customer.id, productId: product.id } });
  const operation = await db.operation.create({
    data: { serviceId: service.id, kind: 'CREATE', deadlineAt: new Date('2100-01-01'), requestedBy: {} },
  });
  return { service, operation, customer };
}
