import type { z } from 'zod';
import type { PanelAnswer, PanelHttp, PanelRequest } from '@/modules/sdk/http';
import { segment } from '@/modules/sdk/panel-url';
import { created, deleted, gameServer, health, loginLink, pageOf, usage } from './answers';
import type { PickaxeConfig } from './config';
import { incompleteAnswer, pickaxeError } from './errors';

export interface NewGameServer {
  name: string;
  game: string;
  ram: number;
  cpu: number;
  disk: number;
  externalId: string;
}

const SERVER = 'the server as it is now';
const PER_PAGE = 200;
/** Far more than any node holds; ends a panel that never says "last page". */
const MAX_PAGES = 500;

/** Asks, judges the status and reads only what a schema names. */
function reader(http: PanelHttp, { apiKey, nodeId }: PickaxeConfig) {
  const call = async (request: PanelRequest): Promise<PanelAnswer> => {
    const answer = await http.request({ ...request, headers: { authorization: `Bearer ${apiKey}` } });
    if (answer.status >= 400) throw pickaxeError(answer);
    return answer;
  };
  const ask = async <Schema extends z.ZodType>(schema: Schema, what: string, request: PanelRequest) => {
    const parsed = schema.safeParse((await call(request)).json());
    if (!parsed.success) throw incompleteAnswer(what);
    return parsed.data;
  };
  async function* pages<Item extends z.ZodType>(item: Item, path: string, what: string) {
    const schema = pageOf(item);
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const answer = await ask(schema, what, { path, query: { nodeId, page, perPage: PER_PAGE } });
      yield* answer.data;
      if (page >= answer.pages) return;
    }
    throw incompleteAnswer(`an end of ${what}`);
  }
  return { ask, pages };
}

const at = (serverId: string, rest = '') => `/servers/${segment(serverId)}${rest}`;

/** Pickaxe's API, one function per call, in its own words. Described in openapi.yaml beside this file. */
export function pickaxeClient(http: PanelHttp, config: PickaxeConfig) {
  const { ask, pages } = reader(http, config);
  const { nodeId } = config;
  return {
    /** GET /health */
    health: () => ask(health, 'its state', { path: '/health', query: { nodeId } }),
    /** POST /servers */
    createServer: (server: NewGameServer) =>
      ask(created, 'the id of the new server', { method: 'POST', path: '/servers', json: { ...server, nodeId } }),
    /** GET /servers/{serverId} */
    getServer: (serverId: string) => ask(gameServer, SERVER, { path: at(serverId) }),
    /** GET /servers?externalId= */
    findServers: async (externalId: string) =>
      (await ask(pageOf(gameServer), 'the list of servers', { path: '/servers', query: { nodeId, externalId } })).data,
    /** GET /servers, page by page */
    listServers: () => pages(gameServer, '/servers', 'the list of servers'),
    /** POST /servers/{serverId}/suspend; suspending twice is fine */
    suspend: (serverId: string, reason: string | null) =>
      ask(gameServer, SERVER, { method: 'POST', path: at(serverId, '/suspend'), json: { reason } }),
    /** POST /servers/{serverId}/unsuspend; resuming twice is fine */
    unsuspend: (serverId: string) =>
      ask(gameServer, SERVER, { method: 'POST', path: at(serverId, '/unsuspend'), json: {} }),
    /** DELETE /servers/{serverId} */
    deleteServer: (serverId: string) => ask(deleted, 'its "deleted"', { method: 'DELETE', path: at(serverId) }),
    /** PATCH /servers/{serverId} */
    resizeServer: (serverId: string, size: { ram: number; cpu: number; disk: number }) =>
      ask(gameServer, SERVER, { method: 'PATCH', path: at(serverId), json: size }),
    /** PUT /servers/{serverId}/password */
    setPassword: (serverId: string, password: string) =>
      ask(gameServer, SERVER, { method: 'PUT', path: at(serverId, '/password'), json: { password } }),
    /** GET /servers/{serverId}/usage */
    getUsage: (serverId: string) => ask(usage, 'the usage', { path: at(serverId, '/usage') }),
    /** GET /usage, page by page */
    listUsage: () => pages(usage, '/usage', 'the list of usage'),
    /** POST /servers/{serverId}/login: a link that works once, for a minute */
    createLogin: (serverId: string) =>
      ask(loginLink, 'a login link', { method: 'POST', path: at(serverId, '/login'), json: {}, secretAnswer: true }),
    /** POST /login: the same for the panel's own administration */
    createAdminLogin: () =>
      ask(loginLink, 'a login link', { method: 'POST', path: '/login', json: {}, secretAnswer: true }),
    /** POST /servers/{serverId}/power */
    power: (serverId: string, action: 'start' | 'stop' | 'restart') =>
      ask(gameServer, SERVER, { method: 'POST', path: at(serverId, '/power'), json: { action } }),
  };
}
export type PickaxeClient = ReturnType<typeof pickaxeClient>;
