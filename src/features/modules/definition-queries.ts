import { z } from 'zod';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { type Definition, definitionSchema } from '@/modules/generic-api/definition';
import { checkDefinition, definitionWords, listReadyDefinitions } from '@/modules/registry';
import { type FormSchema, formSchema } from './module-forms';
import type { CreateDefinitionInput, DefinitionInput, LanguageInput } from './schema';
import { translateForm } from './translate-form';

export interface DefinitionVersion {
  version: number;
  note: string | null;
  by: string;
  createdAt: string;
}

const author = z.object({ name: z.string() }).catch({ name: '' });

/** A definition as it can be exported: whole, without anything of a server. */
export async function getDefinition({ id, version }: DefinitionInput) {
  const row = await db.serverModule.findUnique({ where: { id }, select: { definitionVersion: true, slug: true } });
  const wanted = version ?? row?.definitionVersion;
  if (!row || wanted == null) throw notFound('definition');
  const stored = await db.moduleDefinition.findUnique({
    where: { moduleId_version: { moduleId: id, version: wanted } },
  });
  if (!stored) throw notFound('version of this definition');
  const definition = definitionSchema.parse(stored.definition);
  const { warnings } = await checkDefinition(definition);
  return { id, slug: row.slug, version: wanted, newest: row.definitionVersion ?? wanted, definition, warnings };
}

const MOST_VERSIONS = 100;

/** Who saved which version and why, newest first; at most 100. */
export async function listDefinitionVersions(id: string): Promise<DefinitionVersion[]> {
  const rows = await db.moduleDefinition.findMany({
    where: { moduleId: id },
    orderBy: { version: 'desc' },
    take: MOST_VERSIONS,
    select: { version: true, note: true, createdBy: true, createdAt: true },
  });
  return rows.map(({ version, note, createdBy, createdAt }) => ({
    version,
    note,
    by: author.parse(createdBy).name,
    createdAt: createdAt.toISOString(),
  }));
}

/** What is wrong with a definition that is not saved yet; each issue names its field. */
export async function checkUnsavedDefinition({ definition }: CreateDefinitionInput) {
  const { issues, warnings } = await checkDefinition(definition);
  return { issues: issues.map(({ path, message }) => ({ path: ['definition', ...path], message })), warnings };
}

export interface ReadyDefinition {
  definition: Definition;
  /** Its description in the reader's language. */
  description: string;
  /** The row that was made from it, or has its name. */
  moduleId: string | null;
}

/** Definitions that come with the program, and which of them are here already. */
export async function listReady({ language }: LanguageInput): Promise<ReadyDefinition[]> {
  const [ready, words] = await Promise.all([listReadyDefinitions(), definitionWords(language)]);
  const rows = await db.serverModule.findMany({
    where: { definitionVersion: { not: null } },
    select: { id: true, slug: true },
  });
  const ids = new Map(rows.map(({ id, slug }) => [slug, id]));
  return ready.map((definition) => ({
    definition,
    description: words[definition.description] ?? definition.description,
    moduleId: ids.get(`generic-${definition.slug}`) ?? null,
  }));
}

/** The JSON schema that the editor's forms are drawn from, in the reader's language. */
export async function definitionForm({ language }: LanguageInput): Promise<FormSchema | null> {
  const form = formSchema(definitionSchema, 'config', () => null);
  return form && translateForm(form, await definitionWords(language));
}
