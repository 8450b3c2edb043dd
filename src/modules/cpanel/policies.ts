import type { ModulePolicies } from '@/modules/sdk/contract';

/** cPanel takes the first 8 characters as the prefix of databases, and old servers allow no more. */
const LONGEST_NAME = 8;

/** Users, groups and mail aliases of the machine itself; what is missing here the panel refuses, and the next name is tried. */
const SYSTEM_NAMES = [
  'adm|alias|all|apache|audit|avahi|bin|bind|chrony|clamav|cpanel|cpanelcabcache|cpaneleximfilter|cpaneleximscanner',
  'cpanellogin|cpanelphpmyadmin|cpanelphppgadmin|cpanelroundcube|cpanelrrdtool|cpses|cpuser|cron|dbus|decode|disk',
  'dovecot|dovenull|exim|floppy|games|gopher|halt|haldaemon|hostmaster|ident|info|ingres|kmem|kvm|lock|lp|mailman',
  'mailnull|manager|marketing|mem|munin|mysqld|named|netdump|news|nfsnobody|noc|nobody|nscd|ntp|operator|pcap|polkitd',
  'postfix|postmaster|proftpd|pvm|radvd|render|rpc|rpcuser|sales|saslauth|security|shutdown|slocate|smmsp|sshd|sudo',
  'support|sync|sys|system|systemd|tape|toor|tss|tty|unbound|usenet|users|utmp|uucp|vcsa|video|virtfs|webmaster|wheel',
].flatMap((names) => names.split('|'));

const FIRST_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz';
/** No name may end in "assword"; these are all such names of at most 8 characters. */
const LIKE_PASSWORD = ['assword', ...[...FIRST_CHARACTERS].map((letter) => `${letter}assword`)];

export const cpanelPolicies: ModulePolicies = {
  username: {
    scope: 'account',
    minLength: 4,
    maxLength: LONGEST_NAME,
    reserved: [...SYSTEM_NAMES, ...LIKE_PASSWORD],
    reservedPrefixes: ['test'],
  },
  // None of the signs that cPanel's own forms break on: & < > " ' %
  password: {
    length: 20,
    groups: ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-_.+='],
  },
  // WHM refuses a second account of a name, but while the first is still being made the refusal could not be explained.
  duplicates: 'look-up-only',
  proof: 'name-domain-owner-time',
  // A create that was cut off goes on at the panel for minutes.
  settleSeconds: 300,
  // Creating and removing accounts takes locks of the whole machine (quota, DNS), whichever reseller asks.
  maxParallel: 1,
  parallelPer: 'panel',
  needsDomain: true,
  limits: {
    test: 20,
    create: 240,
    suspend: 120,
    unsuspend: 120,
    terminate: 300,
    changePassword: 60,
    changePackage: 120,
    lookUp: 30,
    usage: 120,
    sso: 20,
    action: 60,
  },
};
