import { db } from '@/lib/db';
import { makeOperation } from '../../../../prisma/factories/operation';
import { makeProduct } from '../../../../prisma/factories/product';
import { makeService } from '../../../../prisma/factories/service';

/** A service with its first operation: what a welcome mail belongs to. */
export async function createOrder({ sendPassword = false } = {}) {
  const product = await makeProduct({ sendPassword });
  const service = await makeService({ productId: product.id });
  const operation = await makeOperation({ serviceId: service.id });
  const customer = await db.customer.findUniqueOrThrow({ where: { id: service.customerId } });
  return { service, operation, customer };
}
