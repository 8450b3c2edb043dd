import type { ModuleContext, ModuleServer, ModuleService, PackageRef } from '@/modules/sdk/contract';
import { ModuleError } from '@/modules/sdk/errors';
import { secretPaths } from '@/modules/sdk/fields';
import type { Definition } from './definition';
import type { Scope } from './expressions';
import type { GenericConfig, GenericSchemas } from './schemas';

/** What the calls of one operation can name. Templates may use secrets, expressions never see one. */
export interface Scopes {
  templates: Scope;
  expressions: Scope;
}

export interface Subject {
  server: ModuleServer;
  service?: ModuleService;
  newPassword?: string;
  change?: { from: PackageRef; to: PackageRef };
  ctx?: ModuleContext | undefined;
}

/** Names below `service` in templates. */
export const SERVICE_KEYS = ['id', 'status', 'domain', 'username', 'password', 'remoteId', 'dedicatedIp', 'data'];
export const CUSTOMER_KEYS = ['id', 'email', 'name', 'language'];
export const PRODUCT_KEYS = ['id', 'name'];
export const SERVER_KEYS = ['id', 'name', 'hostname', 'ipAddress', 'type'];

type Order = Pick<PackageRef, 'configOptions' | 'moduleSettings'>;

/** Quantities of an order by name, with the usual ones where it says nothing. */
function optionsOf(definition: Definition, { configOptions }: Order): Record<string, number> {
  const given = new Map(configOptions.map(({ optionId, quantity }) => [optionId, quantity]));
  return Object.fromEntries(definition.options.map(({ id, preset }) => [id, given.get(id) ?? preset]));
}

function settingsOf(schemas: GenericSchemas, { moduleSettings }: Order): Record<string, unknown> {
  const parsed = schemas.settings.safeParse(moduleSettings);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  throw new ModuleError({
    kind: 'invalid-input',
    outcome: 'not-done',
    field: `product.moduleSettings.${field}`,
    words: `The product's ${field || 'settings'} does not fit: ${issue?.message ?? 'look at the product'}. Correct the product. Nothing was sent.`,
  });
}

const publicOf = (settings: Record<string, unknown>, secrets: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(settings).filter(([key]) => !secrets.has(key)));

function orderOf({ service, change }: Subject): Order | null {
  if (change) return change.to;
  return service ? { configOptions: service.configOptions, moduleSettings: service.product.moduleSettings } : null;
}

function serviceScope(definition: Definition, schemas: GenericSchemas, subject: Subject) {
  const { service, change } = subject;
  const order = orderOf(subject);
  if (!service || !order) return { open: {}, secret: {} };
  const { password, additionalData, product, customer, configOptions: _, ...facts } = service;
  const open = { ...facts, data: additionalData };
  const secrets = new Set(secretPaths(schemas.settings));
  const settings = settingsOf(schemas, order);
  const shared = {
    customer,
    product: { id: product.id, name: product.name },
    options: optionsOf(definition, order),
  };
  const from = change && {
    change: {
      from: {
        settings: publicOf(settingsOf(schemas, change.from), secrets),
        options: optionsOf(definition, change.from),
      },
    },
  };
  return {
    open: { ...shared, ...from, service: open, settings: publicOf(settings, secrets) },
    secret: { ...shared, ...from, service: { ...open, password }, settings },
  };
}

/** Everything that templates and expressions of one operation can name, as plain data. */
export function makeScopes(definition: Definition, schemas: GenericSchemas, subject: Subject): Scopes {
  const { server, newPassword, ctx } = subject;
  const config: GenericConfig = schemas.config.parse(server.credentials);
  const { credentials: _, ...facts } = server;
  const { open, secret } = serviceScope(definition, schemas, subject);
  const shared = { server: facts, reason: ctx?.reason ?? '' };
  const secrets = new Set(secretPaths(schemas.config));
  return {
    expressions: { ...shared, ...open, fields: publicOf(config, secrets) },
    templates: { ...shared, ...secret, fields: config, ...(newPassword === undefined ? {} : { newPassword }) },
  };
}
