import type { CustomAction, ServerModuleInterface } from '@/modules/sdk/contract';
import { cpanelConfig, cpanelSettings } from './config';
import * as operations from './operations';
import { cpanelPolicies } from './policies';
import * as facts from './server-facts';

const { openWhm, userOf } = operations;

/** Mail of the account's own user, in webmail. */
const webmail: CustomAction = {
  id: 'webmail',
  label: 'actions.webmail',
  kind: 'link',
  audience: 'both',
  states: ['ACTIVE'],
  repeatable: true,
  run: async (service, server, _input, ctx) => openWhm(server, ctx).createSession(userOf(service), 'webmaild'),
};

/** Web hosting accounts on a cPanel & WHM server, as root or as a reseller. */
const cpanel: ServerModuleInterface = {
  name: 'cPanel/WHM',
  slug: 'cpanel',
  version: '1.0.0',
  type: 'hosting',
  description: 'Web hosting accounts on cPanel & WHM.',
  configSchema: cpanelConfig,
  settingsSchema: cpanelSettings,
  policies: cpanelPolicies,
  messages: { en: () => import('./messages/en.json'), tr: () => import('./messages/tr.json') },
  getEndpoint: operations.endpointOf,
  testConnection: facts.testConnection,
  create: operations.createAccount,
  getAccountOwner: (server) => cpanelConfig.parse(server.credentials).username,
  getAccount: operations.findAccount,
  listAccounts: operations.listAccounts,
  suspend: async (service, server, ctx) => openWhm(server, ctx).suspend(userOf(service), ctx?.reason ?? null),
  unsuspend: async (service, server, ctx) => openWhm(server, ctx).unsuspend(userOf(service)),
  terminate: operations.removeAccount,
  changePassword: async (service, server, newPassword, ctx) =>
    openWhm(server, ctx).setPassword(userOf(service), newPassword),
  changePackage: operations.changePackage,
  listPackages: operations.listPackages,
  getUsage: facts.readUsage,
  getServerUsage: facts.listUsage,
  getServerInfo: facts.readServerInfo,
  getSSOUrl: async (service, server, ctx) => openWhm(server, ctx).createSession(userOf(service), 'cpaneld'),
  getAdminSSOUrl: async (server, ctx) =>
    openWhm(server, ctx).createSession(cpanelConfig.parse(server.credentials).username, 'whostmgrd'),
  customActions: [webmail],
};

export default cpanel;
