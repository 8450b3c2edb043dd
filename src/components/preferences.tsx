'use client';

import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import { LOCALES, type Locale } from '@/i18n/locales';
import { useChooseLocale } from './choose-locale';

const SCHEMES = [
  { value: 'light', icon: IconSun, key: 'light' },
  { value: 'dark', icon: IconMoon, key: 'dark' },
  { value: 'auto', icon: IconDeviceDesktop, key: 'system' },
] as const;

export function ThemeSwitch() {
  const t = useTranslations('shell');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('theme')}>
          <IconSun size={19} aria-hidden className="dark:hidden" />
          <IconMoon size={19} aria-hidden className="hidden dark:block" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('theme')}</Menu.Label>
        {SCHEMES.map(({ value, icon: Icon, key }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={colorScheme === value && <IconCheck size={15} aria-hidden />}
            onClick={() => setColorScheme(value)}
          >
            {t(key)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** `onChoose`: where the choice is kept besides this browser. */
export function LanguageSwitch({ onChoose }: { onChoose?: (locale: Locale) => void }) {
  const t = useTranslations();
  const locale = useLocale();
  const { choose, pending } = useChooseLocale();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" loading={pending} aria-label={t('shell.language')}>
          <IconLanguage size={19} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.language')}</Menu.Label>
        {LOCALES.map((choice) => (
          <Menu.Item
            key={choice}
            lang={choice}
            rightSection={choice === locale && <IconCheck size={15} aria-hidden />}
            onClick={() => {
              onChoose?.(choice);
              choose(choice);
            }}
          >
            {t(`locales.${choice}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
