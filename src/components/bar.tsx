import type { Tone } from './status-badge';

/** How near to full: 85 % and more deserves a look. */
export function fullness(used: number, limit: number | null): Tone {
  if (limit === null) return 'blue';
  if (used >= limit) return 'red';
  return used / limit >= 0.85 ? 'amber' : 'blue';
}

/** A picture of how much is used. The numbers stand beside it in words, so it says nothing to people who hear the page. */
export function Bar({ used, limit }: { used: number; limit: number | null }) {
  const percent = limit === null ? 0 : limit === 0 ? 100 : Math.min(100, (used / limit) * 100);
  return (
    <div aria-hidden data-tone={fullness(used, limit)} className="h-2 w-full overflow-hidden rounded-full bg-line">
      <div
        className="h-full rounded-full bg-tone-dot transition-[width] duration-500"
        style={{ width: used > 0 ? `max(4px, ${percent}%)` : 0 }}
      />
    </div>
  );
}
