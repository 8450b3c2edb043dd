import { randomBytes } from 'node:crypto';
import { type Parameters, visible, type Work } from './simulator-accounts';
import { no, ok, type Spoken } from './simulator-speech';
import { type CpanelState, figuresOf, type HostedAccount, panelNow } from './simulator-state';

/** Rights that no reseller can have. */
const ROOT = 'root';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => String(value).padStart(2, '0');

/** Without a century, in the server's own time. */
function startDate(seconds: number): string {
  const at = new Date(seconds * 1000);
  return `${two(at.getFullYear() % 100)} ${MONTHS[at.getMonth()]} ${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The account as both accountsummary and listaccts show it. */
function row(state: CpanelState, account: HostedAccount) {
  const { diskKib, diskLimitKib, inodes } = figuresOf(state, account);
  const { user, domain, email, owner, plan, ip, suspended, suspendReason, suspendedAt, startedAt, shell, locked } =
    account;
  return {
    user,
    domain,
    email,
    owner,
    plan,
    theme: 'jupiter',
    ip,
    ipv6: [],
    suspended: suspended ? 1 : 0,
    suspendreason: suspendReason,
    suspendtime: suspendedAt,
    is_locked: locked ? 1 : 0,
    disklimit: diskLimitKib === null ? 'unlimited' : `${diskLimitKib / 1024}M`,
    diskused: state.dialect.quotaless ? 'none' : `${Math.floor(diskKib / 1024)}M`,
    inodesused: inodes,
    inodeslimit: 'unlimited',
    maxaddons: '*unknown*',
    shell: shell ? '/bin/bash' : '/usr/local/cpanel/bin/noshell',
    startdate: startDate(startedAt),
    unix_startdate: startedAt,
  };
}

const summary: Work = (given, state) => {
  const user = given.get('user');
  const found = visible(state).find((account) => account.user === user || account.domain === given.get('domain'));
  if (found) return ok({ acct: [row(state, found)] });
  const foreign = state.accounts.some((account) => account.user === user);
  if (foreign) return no(`You do not have access to an account named “${user}”.`);
  return no(
    state.dialect.old || state.dialect.legacy ? 'Account does not exist' : `You do not have a user named “${user}”.`,
  );
};

const whole = (given: Parameters, name: string, fallback: number) => {
  const value = Number(given.get(name) ?? fallback);
  return Number.isSafeInteger(value) && value > 0 ? value : fallback;
};

const list: Work = (given, state) => {
  const wanted = given.get('want')?.split(',');
  const all = visible(state);
  const chunked = given.get('api.chunk.enable') === '1' && !state.dialect.chunkless;
  const start = chunked ? whole(given, 'api.chunk.start', 1) : 1;
  const size = chunked ? whole(given, 'api.chunk.size', 100) : all.length;
  const acct = all.slice(start - 1, start - 1 + size).map((account) => {
    const full = row(state, account);
    return wanted ? Object.fromEntries(Object.entries(full).filter(([key]) => wanted.includes(key))) : full;
  });
  const answer = ok({ acct });
  if (!chunked || given.get('api.chunk.verbose') !== '1') return answer;
  const current = Math.floor((start - 1) / size) + 1;
  return { ...answer, chunk: { start, size, current, chunks: Math.ceil(all.length / size), records: all.length } };
};

const diskUsage: Work = (given, state) => {
  const only = given.get('api.filter.enable') === '1' ? given.get('api.filter.a.arg0') : null;
  const accounts = state.accounts
    .filter(({ user }) => only === null || user === only)
    .map((account) => {
      const { diskKib, diskLimitKib, inodes } = figuresOf(state, account);
      return {
        user: account.user,
        blocks_used: state.dialect.quotaless ? null : diskKib,
        blocks_limit: diskLimitKib,
        inodes_used: inodes,
        inodes_limit: null,
      };
    });
  return ok({ accounts });
};

/** Old builds have a number for "no limit". */
const SENTINEL = '999999999999990';

const traffic: Work = (given, state) => {
  const search = given.get('search');
  const pattern = search && given.get('searchtype') === 'user' ? new RegExp(search) : /./;
  const acct = visible(state)
    .filter(({ user }) => pattern.test(user))
    .map((account) => {
      const { traffic: totalbytes, trafficLimit } = figuresOf(state, account);
      const limit = trafficLimit === null ? (state.dialect.old ? SENTINEL : 'unlimited') : String(trafficLimit);
      const { user, domain: maindomain, owner } = account;
      return { user, maindomain, owner, reseller: 0, limit, totalbytes, deleted: 0, bwusage: [] };
    });
  const totalused = acct.reduce((sum, { totalbytes }) => sum + totalbytes, 0);
  const now = new Date(panelNow(state) * 1000);
  return ok({ month: now.getUTCMonth() + 1, year: now.getUTCFullYear(), reseller: state.login.user, totalused, acct });
};

/** How long a link that nobody opens stays good. */
const SESSION_SECONDS = 900;

const session: Work = (given, state, host) => {
  const user = given.get('user') ?? '';
  const service = given.get('service') ?? '';
  if (!['cpaneld', 'whostmgrd', 'webmaild'].includes(service)) return no(`The service “${service}” is not valid.`);
  const account = visible(state).find((found) => found.user === user);
  if (!account && !(service === 'whostmgrd' && user === state.login.user))
    return no(`You do not have a user named “${user}”.`);
  if (account?.suspended) return no(`The account “${user}” is suspended.`);
  const key = `${user}:${randomBytes(12).toString('hex')}:create_user_session,${randomBytes(16).toString('hex')}`;
  const expires = panelNow(state) + SESSION_SECONDS;
  state.sessions[key] = { user, service, expires };
  const token = `/cpsess${String(randomBytes(4).readUInt32BE()).padStart(10, '0')}`;
  const url = `http://${host}${token}/login/?session=${encodeURIComponent(key)}`;
  return ok({ cp_security_token: token, expires, service, session: key, url }, 'Created session');
};

const privileges: Work = (_, { login, privileges: granted, dialect }) => {
  if (login.user === ROOT) return ok({ privileges: [{ all: 1 }] });
  const list = Object.fromEntries(granted.map((name) => [name, dialect.old ? '1' : 1]));
  return ok({ privileges: [{ all: 0, 'ns-config': '', ...list }] });
};

const packages: Work = (_, state) =>
  ok({
    pkg: state.packages.map((found) => ({ MAXPOP: '10', CGI: 'y', HASSHELL: 'n', FEATURELIST: 'default', ...found })),
  });

const facts =
  (read: (state: CpanelState) => Record<string, unknown>): Work =>
  (_, state): Spoken =>
    ok(read(state));

/** What only reads: function -> operation in the call log, privilege (null = everybody), work. */
export const READ_CALLS: Record<string, { op: string; needs: string | null; work: Work }> = {
  version: { op: 'health', needs: null, work: facts(() => ({ version: '11.136.0.9' })) },
  myprivs: { op: 'rights', needs: null, work: privileges },
  gethostname: { op: 'facts', needs: 'basic-system-info', work: facts(() => ({ hostname: 'host.example.com' })) },
  get_nameserver_config: {
    op: 'facts',
    needs: 'ns-config',
    work: facts(() => ({ nameservers: ['ns1.example.net', 'ns2.example.net'] })),
  },
  systemloadavg: {
    op: 'facts',
    needs: 'basic-system-info',
    work: facts(() => ({ one: 0.12, five: 0.08, fifteen: 0.05 })),
  },
  get_maximum_users: { op: 'facts', needs: ROOT, work: facts(({ maxAccounts }) => ({ users: maxAccounts ?? 0 })) },
  get_current_users_count: { op: 'facts', needs: ROOT, work: facts(({ accounts }) => ({ users: accounts.length })) },
  accountsummary: { op: 'get', needs: 'list-accts', work: summary },
  listaccts: { op: 'list', needs: 'list-accts', work: list },
  listpkgs: { op: 'packages', needs: 'viewglobalpackages', work: packages },
  get_disk_usage: { op: 'usage', needs: ROOT, work: diskUsage },
  showbw: { op: 'usage', needs: 'show-bandwidth', work: traffic },
  create_user_session: { op: 'sso', needs: 'create-user-session', work: session },
};
