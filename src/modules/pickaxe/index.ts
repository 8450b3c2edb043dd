import type { CustomAction, ServerModuleInterface } from '@/modules/sdk/contract';
import { pickaxeConfig, pickaxeSettings } from './config';
import * as operations from './operations';
import { pickaxeOptions, pickaxePolicies } from './policies';

const { openPickaxe, serverIdOf } = operations;

function powerAction(id: 'start' | 'stop' | 'restart'): CustomAction {
  return {
    id,
    label: `actions.${id}`,
    kind: 'task',
    audience: 'both',
    confirm: id !== 'start',
    states: ['ACTIVE'],
    // Starting what runs and stopping what stands change nothing; a second restart would.
    repeatable: id !== 'restart',
    run: (service, server, _input, ctx) =>
      openPickaxe(server, ctx)
        .power(serverIdOf(service), id)
        .then(() => true),
  };
}

/** Game servers on a Pickaxe panel: one server of ours is one node of theirs. */
const pickaxe: ServerModuleInterface = {
  name: 'Pickaxe',
  slug: 'pickaxe',
  version: '1.0.0',
  type: 'game',
  description: 'Game servers on the Pickaxe panel.',
  configSchema: pickaxeConfig,
  settingsSchema: pickaxeSettings,
  policies: pickaxePolicies,
  options: pickaxeOptions,
  messages: { en: () => import('./messages/en.json'), tr: () => import('./messages/tr.json') },
  getEndpoint: (server) => pickaxeConfig.parse(server.credentials).apiUrl,
  testConnection: (server, ctx) =>
    openPickaxe(server, ctx)
      .health()
      .then(() => true),
  create: operations.createServer,
  getAccount: operations.findAccount,
  listAccounts: operations.listAccounts,
  suspend: (service, server, ctx) =>
    openPickaxe(server, ctx)
      .suspend(serverIdOf(service), ctx?.reason ?? null)
      .then(() => true),
  unsuspend: (service, server, ctx) =>
    openPickaxe(server, ctx)
      .unsuspend(serverIdOf(service))
      .then(() => true),
  terminate: (service, server, ctx) =>
    openPickaxe(server, ctx)
      .deleteServer(serverIdOf(service))
      .then(() => true),
  changePassword: (service, server, newPassword, ctx) =>
    openPickaxe(server, ctx)
      .setPassword(serverIdOf(service), newPassword)
      .then(() => true),
  changePackage: operations.resize,
  getUsage: operations.readUsage,
  getServerUsage: operations.listUsage,
  getServerInfo: operations.readServerInfo,
  getSSOUrl: (service, server, ctx) =>
    openPickaxe(server, ctx)
      .createLogin(serverIdOf(service))
      .then(({ url }) => url),
  getAdminSSOUrl: (server, ctx) =>
    openPickaxe(server, ctx)
      .createAdminLogin()
      .then(({ url }) => url),
  customActions: [powerAction('start'), powerAction('stop'), powerAction('restart')],
};

export default pickaxe;
