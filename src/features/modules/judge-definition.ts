import { z } from 'zod';
import { DomainError } from '@/lib/errors';
import type { Definition } from '@/modules/generic-api/definition';
import { checkDefinition, tryDefinition } from '@/modules/registry';
import { factsOf } from './module-facts';

/** Far more than any panel needs; what is larger is no definition. */
const LARGEST = 300_000;

/** Everything that is stored of a definition, if it can be used. Throws BAD_INPUT with the issues on `definition.<field>`. */
export async function judgeDefinition(definition: Definition, version: number) {
  const json = z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(definition)));
  if (JSON.stringify(json).length > LARGEST)
    throw new DomainError('BAD_INPUT', 'The definition is larger than 300 KB.');
  const { issues, warnings } = await checkDefinition(definition);
  const [first] = issues;
  if (first) {
    throw new DomainError(
      'BAD_INPUT',
      `The definition cannot be used: ${first.path.join('.')}: ${first.message}`,
      issues.map(({ path, message }) => ({ path: ['definition', ...path], message })),
    );
  }
  const facts = { ...factsOf(await tryDefinition(definition)), version: String(version), definitionVersion: version };
  return { json, facts, warnings };
}
