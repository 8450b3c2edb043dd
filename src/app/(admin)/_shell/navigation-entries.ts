import {
  IconActivity,
  IconBox,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconListDetails,
  IconMail,
  IconPackage,
  IconPlugConnected,
  IconServer2,
  IconSettings,
  IconStack2,
  IconUserShield,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';

export interface Entry {
  href: string;
  key:
    | 'dashboard'
    | 'services'
    | 'operations'
    | 'customers'
    | 'servers'
    | 'groups'
    | 'modules'
    | 'products'
    | 'emails'
    | 'executor'
    | 'staff'
    | 'apiKeys'
    | 'audit'
    | 'settings';
  icon: TablerIcon;
  problems?: 'operations' | 'servers';
  /** Others would only be refused there. */
  adminOnly?: true;
}

/** Only pages that exist. */
export const GROUPS: { key: 'work' | 'setup'; entries: Entry[] }[] = [
  {
    key: 'work',
    entries: [
      { href: '/', key: 'dashboard', icon: IconLayoutDashboard },
      { href: '/services', key: 'services', icon: IconPackage },
      { href: '/operations', key: 'operations', icon: IconListDetails, problems: 'operations' },
      { href: '/customers', key: 'customers', icon: IconUsers },
    ],
  },
  {
    key: 'setup',
    entries: [
      { href: '/servers', key: 'servers', icon: IconServer2, problems: 'servers' },
      { href: '/groups', key: 'groups', icon: IconStack2 },
      { href: '/modules', key: 'modules', icon: IconPlugConnected },
      { href: '/products', key: 'products', icon: IconBox },
      { href: '/emails', key: 'emails', icon: IconMail },
      { href: '/executor', key: 'executor', icon: IconActivity },
      { href: '/staff', key: 'staff', icon: IconUserShield, adminOnly: true },
      { href: '/api-keys', key: 'apiKeys', icon: IconKey, adminOnly: true },
      { href: '/audit', key: 'audit', icon: IconHistory },
      { href: '/settings', key: 'settings', icon: IconSettings, adminOnly: true },
    ],
  },
];
