import type { z } from 'zod';
import type { ModuleContext } from '@/modules/sdk/contract';
import type { PanelAnswer } from '@/modules/sdk/http';
import type { Query } from '@/modules/sdk/panel-url';
import * as answers from './answers';
import type { CpanelConfig } from './config';
import { readEnvelope } from './envelope';
import { incompleteAnswer, loginRefused, pageInstead, refusal } from './errors';

export interface NewAccount {
  username: string;
  domain: string;
  plan: string;
  password: string | null;
  contactEmail: string;
  dedicatedIp: boolean;
  shell: boolean;
}
export type LoginService = 'cpaneld' | 'whostmgrd' | 'webmaild';

interface Ask {
  changes?: boolean;
  secretAnswer?: boolean;
  query?: Query;
}

const ROWS_PER_CALL = 250;
/** Far more than one machine holds; ends a panel that never comes to a last row. */
const MAX_CALLS = 400;
const IPV4 = /^\d+(\.\d+){3}$/;
const bit = (value: boolean) => (value ? 1 : 0);

/** How far the panel's clock is ahead of ours, by its answer; whole seconds are as exact as that header gets. */
function clockAhead({ headers }: PanelAnswer): number {
  const at = headers.date === undefined ? Number.NaN : Date.parse(headers.date);
  const ahead = at - Date.now();
  return Number.isNaN(ahead) || Math.abs(ahead) < 2000 ? 0 : ahead;
}

const LOGIN_REFUSED = [401, 403];

/** Why a login was refused, where the answer says it; it may be of any form. */
function reasonOf(answer: PanelAnswer): string {
  try {
    const envelope = readEnvelope(answer.json(), true);
    return envelope.said === 'no' ? envelope.reason : '';
  } catch {
    return '';
  }
}

/** Asks, judges the envelope and reads only what a schema names. */
function reader(ctx: ModuleContext, { username, accessHash }: CpanelConfig) {
  return async <Schema extends z.ZodType>(schema: Schema, what: string, name: string, ask: Ask = {}) => {
    const { changes = false, secretAnswer = false, query = {} } = ask;
    const values = { 'api.version': 1, ...query };
    const answer = await ctx.http.request({
      handBack: LOGIN_REFUSED,
      path: `/json-api/${name}`,
      headers: { authorization: `whm ${username}:${accessHash}` },
      changes,
      secretAnswer,
      // What may hold a secret goes as a form: addresses end up in access logs.
      ...(changes || secretAnswer ? { method: 'POST', form: values } : { query: values }),
    });
    if (LOGIN_REFUSED.includes(answer.status)) throw loginRefused(reasonOf(answer));
    const page = pageInstead(answer.text, changes);
    if (page) throw page;
    const envelope = readEnvelope(answer.json(), changes);
    if (envelope.said === 'no') throw envelope.login ? loginRefused(envelope.reason) : refusal(envelope.reason);
    if (envelope.said === 'nothing') throw incompleteAnswer('saying whether it was done');
    for (const warning of envelope.warnings) ctx.warn(`WHM: ${warning}`);
    const parsed = schema.safeParse(envelope.data);
    if (!parsed.success) throw incompleteAnswer(what);
    return { data: parsed.data, records: envelope.records, clockAheadMs: clockAhead(answer) };
  };
}

type Asking = ReturnType<typeof reader>;

/** All accounts this login may see, in chunks. `start` is a row, counted from 1. */
async function* chunks(ask: Asking) {
  const seen = new Set<string>();
  for (let call = 0; call < MAX_CALLS; call += 1) {
    const { data, records, clockAheadMs } = await ask(answers.accounts, 'the list of accounts', 'listaccts', {
      query: {
        want: 'user,domain,owner,plan,ip,suspended,unix_startdate,diskused,disklimit',
        'api.chunk.enable': 1,
        'api.chunk.verbose': 1,
        'api.chunk.size': ROWS_PER_CALL,
        'api.chunk.start': call * ROWS_PER_CALL + 1,
      },
    });
    // A panel that overlooks the wish for chunks sends all of them again.
    const fresh = data.acct.filter(({ user }) => !seen.has(user));
    for (const account of fresh) {
      seen.add(account.user);
      yield { account, clockAheadMs };
    }
    if (fresh.length < ROWS_PER_CALL || seen.size === records) return;
  }
  throw incompleteAnswer('an end of the list of accounts');
}

/** What is asked of the server itself. */
function serverCalls(ask: Asking) {
  return {
    /** https://api.docs.cpanel.net/openapi/whm/operation/version/ */
    version: async () => (await ask(answers.version, 'its version', 'version')).data.version,
    /** https://api.docs.cpanel.net/openapi/whm/operation/gethostname/ */
    hostname: async () => (await ask(answers.hostname, 'its host name', 'gethostname')).data.hostname,
    /** https://api.docs.cpanel.net/openapi/whm/operation/systemloadavg/ */
    load: async () => (await ask(answers.load, 'its load', 'systemloadavg')).data.one,
    /** https://api.docs.cpanel.net/openapi/whm/operation/get_nameserver_config/ May be none for resellers. */
    nameservers: async () =>
      (await ask(answers.nameservers, 'the name servers', 'get_nameserver_config')).data.nameservers.filter(Boolean),
    /** https://api.docs.cpanel.net/openapi/whm/operation/myprivs/ */
    privileges: async () => (await ask(answers.privileges, 'the privileges', 'myprivs')).data.privileges,
    /** https://api.docs.cpanel.net/openapi/whm/operation/get_maximum_users/ 0 = as many as you like */
    maximumUsers: async () => (await ask(answers.users, 'the most users', 'get_maximum_users')).data.users,
    /** https://api.docs.cpanel.net/openapi/whm/operation/listpkgs/ */
    listPackages: async () =>
      (await ask(answers.packages, 'the list of packages', 'listpkgs', { query: { want: 'creatable' } })).data.pkg,
  };
}

/** What changes accounts. */
function accountChanges(ask: Asking) {
  const change = (name: string, form: Query) =>
    ask(answers.nothing, 'a result', name, { changes: true, query: form }).then(() => true as const);
  return {
    /** https://api.docs.cpanel.net/openapi/whm/operation/createacct/ */
    createAccount: async (wanted: NewAccount) => {
      const { username, domain, plan, password, contactEmail: contactemail, dedicatedIp, shell } = wanted;
      const ip = dedicatedIp ? 'y' : 'n';
      const rest = { password: password ?? undefined, contactemail, ip, hasshell: bit(shell), showpass: 'n' };
      const query = { username, domain, plan, ...rest };
      return (await ask(answers.created, 'the new account', 'createacct', { changes: true, query })).data;
    },
    /** https://api.docs.cpanel.net/openapi/whm/operation/suspendacct/ */
    suspend: (user: string, reason: string | null) => change('suspendacct', { user, reason: reason ?? undefined }),
    /** https://api.docs.cpanel.net/openapi/whm/operation/unsuspendacct/ */
    unsuspend: (user: string) => change('unsuspendacct', { user }),
    /** https://api.docs.cpanel.net/openapi/whm/operation/removeacct/ `user` is what older servers call it. */
    remove: (username: string) => change('removeacct', { username, user: username, keepdns: 0 }),
    /** https://api.docs.cpanel.net/openapi/whm/operation/passwd/ */
    setPassword: (user: string, password: string) => change('passwd', { user, password, db_pass_update: 1 }),
    /** https://api.docs.cpanel.net/openapi/whm/operation/changepackage/ */
    changePackage: (user: string, pkg: string) => change('changepackage', { user, pkg }),
  };
}

/** What is asked about accounts. */
function accountLooks(ask: Asking) {
  const summary = async (query: { user: string } | { domain: string }) => {
    const { data, clockAheadMs } = await ask(answers.accounts, 'the account', 'accountsummary', { query });
    const [account] = data.acct;
    return account ? { account, clockAheadMs } : null;
  };
  return {
    /** https://api.docs.cpanel.net/openapi/whm/operation/accountsummary/ */
    accountSummary: async (user: string) => {
      const found = await summary({ user });
      if (found && found.account.user.toLowerCase() !== user.toLowerCase())
        throw incompleteAnswer('the account that was asked for');
      return found;
    },
    /** The same by main domain; null where the domain is another account's second one. */
    accountOfDomain: async (domain: string) => {
      const found = await summary({ domain });
      return found?.account.domain?.toLowerCase() === domain.toLowerCase() ? found : null;
    },
    /** https://api.docs.cpanel.net/openapi/whm/operation/getdomainowner/ null = nobody */
    domainOwner: async (domain: string) =>
      (await ask(answers.domainOwner, 'the owner of the domain', 'getdomainowner', { query: { domain } })).data.user,
    /** https://api.docs.cpanel.net/openapi/whm/operation/listaccts/ */
    listAccounts: () => chunks(ask),
    /** The same for their number alone; null where the server does not count. */
    countAccounts: async () => {
      const query = {
        want: 'user',
        'api.chunk.enable': 1,
        'api.chunk.verbose': 1,
        'api.chunk.size': 1,
        'api.chunk.start': 1,
      };
      const { data, records } = await ask(answers.accounts, 'the list of accounts', 'listaccts', { query });
      return records ?? (data.acct.length === 1 ? null : data.acct.length);
    },
  };
}

/** What accounts hold. */
function usageCalls(ask: Asking) {
  return {
    /** https://api.docs.cpanel.net/openapi/whm/operation/listaccts/ in one call: some 100 bytes for each account */
    listUsage: async () => {
      const query = { want: 'user,domain,diskused,disklimit' };
      return (await ask(answers.accounts, 'the list of accounts', 'listaccts', { query })).data.acct;
    },
    /** https://api.docs.cpanel.net/openapi/whm/operation/get_disk_usage/ in blocks of 1 KiB */
    diskUsage: async (user?: string) => {
      const only =
        user === undefined
          ? {}
          : {
              'api.filter.enable': 1,
              'api.filter.a.field': 'user',
              'api.filter.a.type': 'eq',
              'api.filter.a.arg0': user,
            };
      return (await ask(answers.diskUsage, 'the disk usage', 'get_disk_usage', { query: only })).data.accounts;
    },
    /** https://api.docs.cpanel.net/openapi/whm/operation/showbw/ of this month, in bytes */
    bandwidth: async (user?: string) => {
      const only = user === undefined ? {} : { searchtype: 'user', search: `^${user.replace(/[^a-z0-9]/gi, '\\$&')}$` };
      return (await ask(answers.bandwidth, 'the traffic', 'showbw', { query: only })).data.acct;
    },
  };
}

/** Links that log in without a password. */
function loginCalls(ask: Asking, config: CpanelConfig) {
  return {
    /** https://api.docs.cpanel.net/openapi/whm/operation/create_user_session/ The link is the login. */
    createSession: async (user: string, service: LoginService) => {
      // Asked for, or the link leads to the machine's own name, which may have no trusted certificate.
      const preferred = config.hostname.startsWith('[') || IPV4.test(config.hostname) ? undefined : config.hostname;
      const query = { user, service, preferred_domain: preferred };
      return (await ask(answers.session, 'a login link', 'create_user_session', { secretAnswer: true, query })).data
        .url;
    },
  };
}

/** WHM API 1, one function per call, in its own words. */
export function whmClient(ctx: ModuleContext, config: CpanelConfig) {
  const ask = reader(ctx, config);
  return {
    ...serverCalls(ask),
    ...accountChanges(ask),
    ...accountLooks(ask),
    ...usageCalls(ask),
    ...loginCalls(ask, config),
  };
}
export type WhmClient = ReturnType<typeof whmClient>;
