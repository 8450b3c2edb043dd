'use client';

import { IconPlugConnected } from '@tabler/icons-react';

/** A module's own picture; it stands beside its name, so it says nothing to people who hear the page. */
export function ModuleLogo({ logo, size = 36 }: { logo: string | null; size?: number }) {
  if (logo === null)
    return (
      <span
        aria-hidden
        className="grid shrink-0 place-items-center rounded-lg bg-code text-ink-soft"
        style={{ width: size, height: size }}
      >
        <IconPlugConnected size={size * 0.55} />
      </span>
    );
  // biome-ignore lint/performance/noImgElement: a data address of two kilobytes gains nothing from an image server
  return <img src={logo} alt="" width={size} height={size} className="shrink-0 rounded-lg" />;
}
