import type { CustomAction, ModuleContext, ModuleServer, ServerModuleInterface } from '@/modules/sdk/contract';
import { type Definition, genericSlug, type OperationName } from './definition';
import type { ActionDefinition, PlainOperation } from './definition-results';
import * as operations from './operations';
import { policiesOf } from './policies';
import { runCalls } from './run-calls';
import { renderText } from './templates';
import { textsOf } from './texts';

type Generic = operations.Generic;
type Extra = Parameters<typeof operations.startWork>[3];

/** Does the calls of an operation that has no result but "done". */
async function perform(
  generic: Generic,
  name: OperationName,
  operation: PlainOperation | undefined,
  server: ModuleServer,
  ctx: ModuleContext | undefined,
  extra: Extra,
): Promise<true> {
  if (!operation) throw operations.unsupported(name);
  await runCalls(operations.startWork(generic, server, ctx, extra), operation.calls, name);
  return true;
}

function makeAction(generic: Generic, action: ActionDefinition): CustomAction {
  const { id, audience, confirm, repeatable, calls, url } = action;
  return {
    id,
    label: `actions.${id}`,
    kind: url === undefined ? 'task' : 'link',
    audience,
    confirm,
    repeatable,
    states: ['ACTIVE'],
    run: async (service, server, _input, ctx) => {
      const work = operations.startWork(generic, server, ctx, { service, secretAnswer: url !== undefined });
      if (url !== undefined) return operations.askLink(work, calls, url, `action:${id}`);
      await runCalls(work, calls, `action:${id}`);
      return true;
    },
  };
}

const FORCED = ['suspend', 'unsuspend', 'terminate', 'changePassword'] as const;

function changes(generic: Generic): Pick<ServerModuleInterface, (typeof FORCED)[number] | 'testConnection'> {
  const has = generic.definition.operations;
  return {
    testConnection: (server, ctx) =>
      perform(generic, 'testConnection', has.testConnection, server, ctx, { reads: true }),
    suspend: (service, server, ctx) => perform(generic, 'suspend', has.suspend, server, ctx, { service }),
    unsuspend: (service, server, ctx) => perform(generic, 'unsuspend', has.unsuspend, server, ctx, { service }),
    terminate: (service, server, ctx) => perform(generic, 'terminate', has.terminate, server, ctx, { service }),
    changePassword: (service, server, newPassword, ctx) =>
      perform(generic, 'changePassword', has.changePassword, server, ctx, { service, newPassword }),
  };
}

/** What a definition may have or not have: an absent operation is an absent capability. */
function offers(generic: Generic): Partial<ServerModuleInterface> {
  const has = generic.definition.operations;
  const { getAccount, changePackage, getSSOUrl } = has;
  return {
    ...(getAccount && {
      getAccount: (service, server, ctx) => operations.findAccount(generic, getAccount, service, server, ctx),
    }),
    ...(has.listAccounts && { listAccounts: (server, ctx) => operations.listAccounts(generic, server, ctx) }),
    ...(has.getUsage && { getUsage: (service, server, ctx) => operations.measure(generic, service, server, ctx) }),
    ...(has.getServerUsage && { getServerUsage: (server, ctx) => operations.listUsage(generic, server, ctx) }),
    ...(has.getServerInfo && { getServerInfo: (server, ctx) => operations.readServerInfo(generic, server, ctx) }),
    ...(changePackage && {
      changePackage: (service, server, change, ctx) =>
        perform(generic, 'changePackage', changePackage, server, ctx, { service, change }),
    }),
    ...(getSSOUrl && {
      getSSOUrl: async (service, server, ctx) => {
        const work = operations.startWork(generic, server, ctx, { service, secretAnswer: true });
        return operations.askLink(work, getSSOUrl.calls, getSSOUrl.url, 'getSSOUrl');
      },
    }),
  };
}

const named = <T>(entries: [string, T][]) => Object.fromEntries(entries);

/** A server module made from a definition instead of code. */
export function makeModule(definition: Definition, version: number): ServerModuleInterface {
  const generic = operations.openGeneric(definition);
  const { schemas } = generic;
  const { rules, options } = definition;
  const missing = FORCED.filter((name) => !definition.operations[name]);
  return {
    name: definition.name,
    slug: genericSlug(definition),
    version: String(version),
    type: definition.type,
    description: definition.description,
    configSchema: schemas.config,
    settingsSchema: schemas.settings,
    policies: policiesOf(definition),
    supports: named(missing.map((name) => [name, false])),
    options: options.map(({ id, unit, preset, min, max, step }) => ({
      optionId: id,
      label: `options.${id}`,
      unit,
      default: preset,
      min,
      step,
      ...(max !== undefined && { max }),
    })),
    messages: textsOf(definition),
    getEndpoint: (server) => schemas.config.parse(server.credentials).baseUrl,
    ...(rules.owner && {
      getAccountOwner: (server: ModuleServer) =>
        renderText(rules.owner ?? '', { fields: schemas.config.parse(server.credentials) }, 'the owner'),
    }),
    ...changes(generic),
    create: (service, server, ctx) => operations.create(generic, service, server, ctx),
    resume: (ref, service, server, ctx) => operations.resume(generic, ref, service, server, ctx),
    ...offers(generic),
    customActions: definition.actions.map((action) => makeAction(generic, action)),
  };
}
