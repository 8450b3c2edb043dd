interface Command {
  key: 'service' | 'server' | 'group' | 'product' | 'customer' | 'staff' | 'attention';
  href: string;
  /** Others would only be refused there. */
  adminOnly?: true;
}

/** What can be begun from anywhere. */
export const COMMANDS: Command[] = [
  { key: 'service', href: '/services/new' },
  { key: 'attention', href: '/operations' },
  { key: 'server', href: '/servers/new', adminOnly: true },
  { key: 'group', href: '/groups/new', adminOnly: true },
  { key: 'product', href: '/products/new', adminOnly: true },
  { key: 'customer', href: '/customers/new', adminOnly: true },
  { key: 'staff', href: '/staff/new', adminOnly: true },
];

/** Every word that was typed begins a word of the label: "ne ser" finds "New service", case does not matter. */
export function matches(typed: string, label: string): boolean {
  const words = label.toLocaleLowerCase().split(/\s+/);
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)));
}
