import { db } from '@/lib/db';
import { listModules } from '@/modules/registry';
import { factsOf } from './module-facts';

/** Writes a row for each module of the code. What staff wrote (display name, note, active switch) stays theirs. */
export async function syncModules(): Promise<void> {
  for (const module of await listModules()) {
    const facts = factsOf(module);
    await db.serverModule.upsert({
      where: { slug: module.slug },
      create: { slug: module.slug, ...facts },
      update: facts,
    });
  }
}
