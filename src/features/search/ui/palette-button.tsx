'use client';

import { Kbd, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { PalettePage } from './palette';

// Loaded when it is first opened: most visits to a page do without it.
const Palette = dynamic(() => import('./palette').then((module) => module.Palette), { ssr: false });

interface PaletteButtonProps {
  pages: PalettePage[];
  isAdmin: boolean;
}

/** Opens the command palette, as Ctrl+K does everywhere, also inside a field. */
export function PaletteButton({ pages, isAdmin }: PaletteButtonProps) {
  const t = useTranslations('palette');
  const [opened, { open, close }] = useDisclosure(false);
  useHotkeys([['mod+K', open]], []);
  return (
    <>
      <UnstyledButton
        onClick={open}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K"
        aria-label={t('open')}
        className="flex h-9 items-center gap-2 rounded-lg border border-line-strong px-2.5 text-sm text-ink-soft hover:bg-hover sm:w-64"
      >
        <IconSearch size={16} aria-hidden className="shrink-0" />
        <span aria-hidden className="hidden flex-1 truncate sm:inline">
          {t('placeholderShort')}
        </span>
        <Kbd aria-hidden size="xs" className="hidden sm:inline">
          {t('keys')}
        </Kbd>
      </UnstyledButton>
      {opened && <Palette pages={pages} isAdmin={isAdmin} onClose={close} />}
    </>
  );
}
