import type { CpanelState } from './simulator-state';

/** Users and groups that the operating system of a fresh server has, and names cPanel keeps for itself. */
const OF_THE_SYSTEM = new Set(
  `root bin daemon adm lp sync shutdown halt mail operator games ftp nobody dbus polkitd sshd postfix chrony named
  mysql dovecot dovenull mailman mailnull cpanel cpanelphpmyadmin cpanelroundcube cpses virtfs all wheel sudo
  abuse postmaster hostmaster webmaster noc security info marketing sales support www`.split(/\s+/),
);
const PREFIX_OF_DATABASES = 8;

/**
 * Why a new account may not have this user name, in the panel's words; null = it may. Written from cPanel's published
 * rules alone, so that it can judge the names that the module makes.
 */
export function refuseUsername(state: CpanelState, name: string): string | null {
  const invalid = `“${name}” is not a valid username on this system.`;
  if (name.length === 0 || name.length > 16) return invalid;
  for (const character of name) {
    const isLetter = character >= 'a' && character <= 'z';
    const isDigit = character >= '0' && character <= '9';
    if (!isLetter && !isDigit) return invalid;
  }
  if (name.charCodeAt(0) < 'a'.charCodeAt(0)) return invalid;
  if (name.startsWith('test') || name.endsWith('assword')) return invalid;
  if (OF_THE_SYSTEM.has(name)) return `“${name}” is a reserved username on this system.`;
  if (state.accounts.some(({ user }) => user === name)) return `This system already has an account named “${name}”.`;
  if (state.leftoverGroups.includes(name)) return 'Sorry, a group for that username already exists.';
  const prefix = name.slice(0, PREFIX_OF_DATABASES);
  if (state.accounts.some(({ user }) => user.slice(0, PREFIX_OF_DATABASES) === prefix)) {
    return `The name of another account on this server has the same initial 8 characters as the given username (“${name}”). Each username’s first 8 characters must be unique.`;
  }
  return null;
}

const LEAST_STRENGTH = 65;

export function refusePassword(password: string | null): string | null {
  if (password === null) return null;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-z0-9]/i].filter((kind) => kind.test(password)).length;
  const strength = Math.min(100, new Set(password).size * 4 + kinds * 8);
  if (strength >= LEAST_STRENGTH) return null;
  return `Sorry, the password you selected cannot be used because it is too weak and would be too easy to guess. Please select a password with strength rating of ${LEAST_STRENGTH} or higher.`;
}

export function refuseDomain(state: CpanelState, domain: string): string | null {
  if (!/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/.test(domain)) return `“${domain}” is not a valid domain.`;
  const taken = state.leftoverDomains.includes(domain) || state.accounts.some((account) => account.domain === domain);
  return taken ? `The domain “${domain}” already exists in the userdata.` : null;
}
