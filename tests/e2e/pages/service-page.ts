import type { Locator, Page } from '@playwright/test';

/** The page of one service with its live timeline. */
export class ServicePage {
  readonly heading: Locator;
  /** The newest piece of work. */
  readonly work: Locator;
  constructor(readonly page: Page) {
    this.heading = page.getByRole('heading', { level: 1 });
    this.work = page.getByRole('region', { name: 'Timeline' }).getByRole('article').first();
  }

  /** The service's own badge, beside its title: not the one of a piece of work. */
  status = (words: string): Locator =>
    this.page.locator('main').getByText(words, { exact: true }).and(this.page.locator(':not(article *)')).first();

  retry = (): Locator => this.work.getByRole('button', { name: 'Retry' });

  /** Marks the document, so that a test can tell that the page was never loaded again. */
  mark = () => this.page.evaluate(() => document.documentElement.setAttribute('data-first-load', 'yes'));
  isFirstLoad = () => this.page.evaluate(() => document.documentElement.hasAttribute('data-first-load'));
}
