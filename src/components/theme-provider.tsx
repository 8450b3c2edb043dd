'use client';

import {
  Button,
  Card,
  type CSSVariablesResolver,
  createTheme,
  MantineProvider,
  Modal,
  mergeThemeOverrides,
  Notification,
  Select,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import { brand, dark, gray, MONO } from './palette';

// `.extend` exists on client components only, therefore the theme and its provider share this one client file.
const theme = createTheme({
  colors: { brand, gray, dark },
  primaryColor: 'brand',
  primaryShade: { light: 6, dark: 6 },
  defaultRadius: 'md',
  fontFamily: "'Inter Variable', ui-sans-serif, system-ui, sans-serif",
  fontFamilyMonospace: MONO,
  headings: { fontWeight: '650', textWrap: 'balance' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { radius: 'md' } }),
    Card: Card.extend({ defaultProps: { withBorder: true, radius: 'lg', padding: 'lg' } }),
    TextInput: TextInput.extend({ defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] } }),
    Select: Select.extend({ defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] } }),
    Modal: Modal.extend({
      defaultProps: { radius: 'lg', centered: true },
      // Questions name the thing they are about: often two lines.
      styles: { title: { fontWeight: 600, lineHeight: 1.35 } },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: true, openDelay: 250 } }),
  },
});

/** What Mantine's own choice leaves below the contrast that WCAG AA asks for. */
const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--ink-soft)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-placeholder': '#5f6c80',
    '--mantine-color-error': '#b42121',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-red-light-color': '#9d1c1c',
    '--mantine-color-yellow-light-color': '#7a4a00',
    '--mantine-color-teal-light-color': '#0a6034',
  },
  dark: {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-dimmed': 'var(--ink-soft)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-placeholder': '#8f9bb1',
    '--mantine-color-error': '#ff9a9a',
    '--mantine-color-anchor': '#8fb0ff',
    '--mantine-color-brand-light': '#17264d',
    '--mantine-color-brand-light-hover': '#1e3163',
    '--mantine-color-brand-light-color': '#a9c3ff',
    '--mantine-color-red-light-color': '#ffb0b0',
    '--mantine-color-yellow-light-color': '#f6cd73',
  },
});

interface ThemeProviderProps {
  children: ReactNode;
  /** `test` switches transitions and portals off. */
  env?: 'default' | 'test';
}

export function ThemeProvider({ children, env = 'default' }: ThemeProviderProps) {
  const close = useTranslations('actions')('close');
  // A toast's cross has no words of its own.
  const spoken = useMemo(() => {
    const toast = Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': close } } });
    return mergeThemeOverrides(theme, { components: { Notification: toast } });
  }, [close]);
  return (
    <MantineProvider theme={spoken} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto" env={env}>
      <Notifications position="bottom-right" />
      {children}
    </MantineProvider>
  );
}
