// Fills a demo with sample data: people, game and web servers, products, and services ordered the way staff order them.
// It may run again at any time; what is there already stays as it is.
import { db } from '@/lib/db';
import { seedCatalogue } from './demo/catalogue';
import { seedDefinition } from './demo/definitions';
import { orderServices, waitUntilActive } from './demo/orders';
import { seedCompany, seedCustomers, seedStaff } from './demo/people';
import { readDemoSettings } from './demo/read-demo-settings';
import { seedUsage } from './demo/usage';

async function seed(): Promise<void> {
  const settings = readDemoSettings(process.env);
  const ctx = await seedStaff(settings.admin);
  await seedCompany(ctx);
  const customers = await seedCustomers(ctx, settings.customer);
  const products = await seedCatalogue(ctx, settings.simulators);
  await seedDefinition(ctx);
  const services = await orderServices(ctx, customers, products);
  await waitUntilActive(services);
  await seedUsage();
  console.log(`Sample data: ${customers.length} customers, ${products.size} products, ${services.length} services.`);
}

try {
  await seed();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await db.$disconnect();
}
