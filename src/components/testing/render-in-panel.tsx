import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type RenderResult, render } from '@testing-library/react';
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { ThemeProvider } from '@/components/theme-provider';
import type { Locale } from '@/i18n/locales';
import en from '@/messages/en.json';
import tr from '@/messages/tr.json';

/** Draws a component as a page would, inside `shown`: theme, texts, queries. A missing text fails the test. */
export function renderInPanel(children: ReactNode, locale: Locale = 'en'): RenderResult {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const fail = (error: Error) => {
    throw error;
  };
  return render(
    <NextIntlClientProvider locale={locale} messages={locale === 'tr' ? tr : en} timeZone="UTC" onError={fail}>
      <ThemeProvider env="test">
        <QueryClientProvider client={cache}>
          <div data-testid="shown">{children}</div>
        </QueryClientProvider>
      </ThemeProvider>
    </NextIntlClientProvider>,
  );
}
