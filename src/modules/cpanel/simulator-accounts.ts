import { refuseDomain, refusePassword, refuseUsername } from './simulator-names';
import { no, ok, type Spoken } from './simulator-speech';
import { addAccount, type CpanelState, type HostedAccount, panelNow, SHARED_ADDRESS } from './simulator-state';

export type Parameters = URLSearchParams;
export type Work = (given: Parameters, state: CpanelState, host: string) => Spoken;

/** The packages' names as this login writes them: a reseller's own carry its name. */
function packageNamed(state: CpanelState, wanted: string): string | null {
  return state.packages.find(({ name }) => name === wanted)?.name ?? null;
}

/** Resellers see their own accounts only. */
export function visible(state: CpanelState): HostedAccount[] {
  const { user } = state.login;
  return user === 'root' ? state.accounts : state.accounts.filter(({ owner }) => owner === user);
}

function withAccount(
  missing: (user: string) => string,
  work: (account: HostedAccount, given: Parameters, state: CpanelState) => Spoken,
): Work {
  return (given, state) => {
    const user = given.get('user') ?? given.get('username') ?? '';
    const account = visible(state).find((found) => found.user === user);
    if (account) return work(account, given, state);
    const foreign = state.accounts.some((found) => found.user === user);
    return no(foreign ? `You do not have access to an account named “${user}”.` : missing(user));
  };
}

const noUser = (user: string) => `You do not have a user named “${user}”.`;

/** What forbids a new account, in the panel's words and in the order in which it looks. */
function refuseAccount(given: Parameters, state: CpanelState): string | null {
  const user = (given.get('username') ?? '').toLowerCase();
  const plan = given.get('plan') ?? state.packages[0]?.name ?? 'default';
  const full = state.maxAccounts !== null && visible(state).length >= state.maxAccounts;
  return (
    refuseUsername(state, user) ??
    refuseDomain(state, (given.get('domain') ?? '').toLowerCase()) ??
    refusePassword(given.get('password') ?? given.get('pass')) ??
    (packageNamed(state, plan) === null ? 'Specified package does not exist.' : null) ??
    (full ? 'You have reached the maximum number of accounts that you may create.' : null) ??
    (given.get('ip') === 'y' && state.freeAddresses <= 0 ? 'There are no free IP addresses on this server.' : null)
  );
}

const create: Work = (given, state) => {
  const refusal = refuseAccount(given, state);
  if (refusal) return no(refusal);
  if (state.diskFull) {
    const said = no(
      'The system failed to write to the file “/etc/userdomains” because of an error: No space left on device',
    );
    return state.diskFull === 'status' ? { ...said, status: 500 } : said;
  }
  const dedicated = given.get('ip') === 'y';
  if (dedicated) state.freeAddresses -= 1;
  const account = addAccount(state, {
    user: (given.get('username') ?? '').toLowerCase(),
    domain: (given.get('domain') ?? '').toLowerCase(),
    email: given.get('contactemail') ?? '',
    plan: given.get('plan') ?? state.packages[0]?.name ?? 'default',
    ip: dedicated ? `203.0.113.${100 + state.freeAddresses}` : SHARED_ADDRESS,
    password: given.get('password') ?? given.get('pass'),
    shell: given.get('hasshell') === '1',
  });
  const data = {
    ip: account.ip,
    nameserver: 'ns1.example.net',
    nameserver2: 'ns2.example.net',
    nameserver3: '',
    nameserver4: '',
    nameservera: null,
    nameservera2: null,
    nameserverentry: null,
    nameserverentry2: null,
    package: account.plan,
  };
  // Whoever does not say otherwise gets the password back in the log.
  const shown = given.get('showpass') === 'n' ? 'HIDDEN' : account.password;
  return ok(data, 'Account Creation Ok', `<pre>\n| Domain: ${account.domain}\n| PassWord: ${shown}\n</pre>`);
};

const suspend = withAccount(noUser, (account, given, state) => {
  account.suspended = true;
  account.suspendReason = given.get('reason') || 'Unknown';
  account.suspendedAt = panelNow(state);
  account.locked = state.login.user === 'root' && given.get('disallowun') === '1';
  return ok(undefined, 'OK', `Changing Shell to /bin/false...\n${account.user}'s account has been suspended\n`);
});

const unsuspend = withAccount(noUser, (account, _, state) => {
  if (account.locked && state.login.user !== 'root')
    return no(`The account “${account.user}” is locked. Only the root user can unsuspend it.`);
  account.locked = false;
  Object.assign(account, { suspended: false, suspendReason: 'not suspended', suspendedAt: 0 });
  return ok(undefined, 'OK', `${account.user}'s account is now active\n`);
});

const remove = withAccount(
  (user) => `System user ${user} does not exist!`,
  (account, _, state) => {
    state.accounts = state.accounts.filter((other) => other !== account);
    return ok(undefined, `${account.user} account removed`, 'Running pre removal script…');
  },
);

const setPassword = withAccount(
  (user) => `Sorry, the user ${user} does not exist.`,
  (account, given) => {
    const password = given.get('password') ?? given.get('pass');
    const refusal = password === null ? 'No password was given.' : refusePassword(password);
    if (refusal) return no(refusal);
    account.password = password;
    return ok({ app: ['system', 'ftp', 'mail', 'mySQL'] }, `Password changed for user “${account.user}”.`);
  },
);

const changePackage = withAccount(
  (user) => `Sorry the user ${user} does not exist`,
  (account, given, state) => {
    const plan = packageNamed(state, given.get('pkg') ?? '');
    if (plan === null) return no('Specified package does not exist.');
    account.plan = plan;
    const done = ok(undefined, `Account Upgrade/Downgrade Complete for ${account.user}`, 'Changing package…');
    // The panel says yes and still keeps back a part.
    return plan === 'business' ? { ...done, warnings: ['You cannot change backup settings.'] } : done;
  },
);

const verifyUsername: Work = (given, state) => {
  const refusal = refuseUsername(state, given.get('user') ?? '');
  return refusal ? no(refusal) : ok();
};

const domainOwner: Work = (given, state) =>
  ok({ user: state.accounts.find(({ domain }) => domain === given.get('domain'))?.user ?? null });

/** What changes accounts, and what is asked before: function -> operation in the call log, privilege, work. */
export const ACCOUNT_CALLS: Record<string, { op: string; needs: string; work: Work }> = {
  createacct: { op: 'create', needs: 'create-acct', work: create },
  suspendacct: { op: 'suspend', needs: 'suspend-acct', work: suspend },
  unsuspendacct: { op: 'unsuspend', needs: 'suspend-acct', work: unsuspend },
  removeacct: { op: 'terminate', needs: 'kill-acct', work: remove },
  passwd: { op: 'password', needs: 'passwd', work: setPassword },
  changepackage: { op: 'package', needs: 'upgrade-account', work: changePackage },
  verify_new_username: { op: 'names', needs: 'create-acct', work: verifyUsername },
  getdomainowner: { op: 'names', needs: 'list-accts', work: domainOwner },
};
