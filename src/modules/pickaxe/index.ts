import type { CustomAction, ServerModuleInterface } from '@/modules/sdk/contract';
import { pickaxeConfig, pickaxeSettings } from './config';
import * as operations from './operations';
import { pickaxeOptions, pickaxePolicies } from './policies';

const { openPickaxe, serverIdOf } = operations;

/** Async from the start, so that bad settings and missing ids reject like everything else. */
async function done(work: () => Promise<unknown>): Promise<true> {
  await work();
  return true;
}

async function linkOf(ask: () => Promise<{ url: string }>): Promise<string> {
  return (await ask()).url;
}

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
    run: (service, server, _input, ctx) => done(() => openPickaxe(server, ctx).power(serverIdOf(service), id)),
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
  testConnection: (server, ctx) => done(() => openPickaxe(server, ctx).health()),
  create: operations.createServer,
  getAccount: operations.findAccount,
  listAccounts: operations.listAccounts,
  suspend: (service, server, ctx) =>
    done(() => openPickaxe(server, ctx).suspend(serverIdOf(service), ctx?.reason ?? null)),
  unsuspend: (service, server, ctx) => done(() => openPickaxe(server, ctx).unsuspend(serverIdOf(service))),
  terminate: (service, server, ctx) => done(() => openPickaxe(server, ctx).deleteServer(serverIdOf(service))),
  changePassword: (service, server, newPassword, ctx) =>
    done(() => openPickaxe(server, ctx).setPassword(serverIdOf(service), newPassword)),
  changePackage: operations.resize,
  getUsage: operations.readUsage,
  getServerUsage: operations.listUsage,
  getServerInfo: operations.readServerInfo,
  getSSOUrl: (service, server, ctx) => linkOf(() => openPickaxe(server, ctx).createLogin(serverIdOf(service))),
  getAdminSSOUrl: (server, ctx) => linkOf(() => openPickaxe(server, ctx).createAdminLogin()),
  customActions: [powerAction('start'), powerAction('stop'), powerAction('restart')],
};

export default pickaxe;
