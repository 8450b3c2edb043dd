import type { ServerModule } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { after, containing, NEWEST_FIRST, type Page, readCursor, toPage } from '@/lib/keyset';
import { getModule, isExternal } from '@/modules/registry';
import type { ModulePolicies } from '@/modules/sdk/contract';
import { type Capabilities, capabilitiesOf } from './capabilities';
import { getDefinition } from './definition-queries';
import { type Readme, readLogo, readReadme } from './module-files';
import { type FormSchema, formSchema } from './module-forms';
import { textsOf } from './module-texts';
import type { ModuleFilter, ModuleInput } from './schema';

export interface ModuleItem {
  id: string;
  slug: string;
  name: string;
  type: string;
  version: string;
  description: string;
  /** For `<img>`; null = none. */
  logo: string | null;
  isActive: boolean;
  /** false: its code is gone, only the row is left. */
  isInstalled: boolean;
  /** Named in HYBLE_MODULES instead of coming with the program. */
  isExternal: boolean;
  /** Made of a definition instead of code; its newest version. */
  definitionVersion: number | null;
  capabilities: Capabilities;
  serverCount: number;
  productCount: number;
}

export interface PolicyFacts {
  duplicates: string;
  proof: string;
  settleSeconds: number | null;
  maxParallel: number | null;
  needsDomain: boolean | null;
  userNames: { scope: string; min: number; max: number } | null;
  passwordRules: { length: number } | null;
}

interface Named {
  id: string;
  name: string;
}

export interface ModuleDetail extends ModuleItem {
  displayName: string | null;
  note: string | null;
  /** JSON schemas for forms; null = nothing to set. */
  forms: { config: FormSchema | null; settings: FormSchema | null };
  options: {
    id: string;
    label: string;
    unit: string;
    min: number;
    max: number | null;
    step: number;
    default: number;
  }[];
  actions: { id: string; label: string }[];
  policies: PolicyFacts | null;
  readme: Readme | null;
  /** At most 50 of each. */
  servers: Named[];
  products: Named[];
}

const COUNTS = { _count: { select: { servers: { where: { archivedAt: null } }, products: true } } } as const;
type Row = ServerModule & { _count: { servers: number; products: number } };

/** The name that people see: staff's own, else the module's. */
export function moduleName(module: { name: string; displayName: string | null }): string {
  return module.displayName ?? module.name;
}

export async function listModuleItems(input: ModuleFilter): Promise<Page<ModuleItem>> {
  const where = input.search ? { OR: [{ name: containing(input.search) }, { slug: containing(input.search) }] } : {};
  const rows = await db.serverModule.findMany({
    where: { AND: [where, after(readCursor(input.cursor))] },
    orderBy: NEWEST_FIRST,
    take: input.limit + 1,
    include: COUNTS,
  });
  const page = toPage(rows, input.limit);
  return { ...page, items: await Promise.all(page.items.map((row) => toItem(row, input.language))) };
}

async function toItem(row: Row, language: string): Promise<ModuleItem> {
  const module = await getModule(row.slug);
  const texts = await textsOf(module, language);
  return {
    id: row.id,
    slug: row.slug,
    name: row.displayName ?? texts('name') ?? row.name,
    type: row.type,
    version: row.version,
    description: texts('description') ?? row.description,
    logo: await readLogo(row.slug),
    isActive: row.isActive,
    isInstalled: module !== null,
    isExternal: isExternal(row.slug),
    definitionVersion: row.definitionVersion,
    capabilities: module ? capabilitiesOf(module) : storedCapabilities(row),
    serverCount: row._count.servers,
    productCount: row._count.products,
  };
}

const MOST_USERS = 50;
const USERS = {
  servers: {
    where: { archivedAt: null },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
    take: MOST_USERS,
  },
  products: { select: { id: true, name: true }, orderBy: { name: 'asc' }, take: MOST_USERS },
} as const;

/** A module with everything about it: forms, rules, read-me, and who uses it. */
export async function getModuleDetail({ id, language }: ModuleInput): Promise<ModuleDetail> {
  const row = await db.serverModule.findUnique({ where: { id }, include: { ...COUNTS, ...USERS } });
  if (!row) throw notFound('module');
  const module = await getModule(row.slug);
  const texts = await textsOf(module, language);
  return {
    ...(await toItem(row, language)),
    displayName: row.displayName,
    note: row.note,
    forms: {
      config: formSchema(module?.configSchema, 'config', texts),
      settings: formSchema(module?.settingsSchema, 'settings', texts),
    },
    options: (module?.options ?? []).map(({ optionId, label, unit, min, max, step, default: preset }) => ({
      id: optionId,
      label: texts(label) ?? optionId,
      unit,
      min,
      max: max ?? null,
      step: step ?? 1,
      default: preset,
    })),
    actions: (module?.customActions ?? []).map((action) => ({
      id: action.id,
      label: texts(action.label) ?? action.label,
    })),
    policies: module?.policies ? toPolicies(module.policies) : null,
    readme: row.definitionVersion === null ? await readReadme(row.slug) : await definitionReadme(row),
    servers: row.servers,
    products: row.products,
  };
}

async function definitionReadme({ id, definitionVersion }: ServerModule): Promise<Readme | null> {
  const { definition } = await getDefinition({ id, ...(definitionVersion && { version: definitionVersion }) });
  return definition.readme ? { text: definition.readme, facts: {} } : null;
}

function toPolicies({ username, password, ...rules }: ModulePolicies): PolicyFacts {
  return {
    duplicates: rules.duplicates,
    proof: rules.proof,
    settleSeconds: rules.settleSeconds ?? null,
    maxParallel: rules.maxParallel ?? null,
    needsDomain: rules.needsDomain ?? null,
    userNames: username ? { scope: username.scope, min: username.minLength, max: username.maxLength } : null,
    passwordRules: password ? { length: password.length } : null,
  };
}

/** A module whose code is gone: what it last said of itself. */
function storedCapabilities(row: ServerModule): Capabilities {
  return {
    suspend: row.supportsSuspend,
    unsuspend: row.supportsUnsuspend,
    terminate: row.supportsTerminate,
    changePassword: false,
    changePackage: false,
    usage: row.supportsUsage,
    sso: row.supportsSSO,
    adminSso: false,
    lookUp: false,
    listAccounts: false,
    actions: [],
  };
}
