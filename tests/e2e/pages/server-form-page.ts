import { expect, type Locator, type Page } from '@playwright/test';

/** The form of a new or known server. */
export class ServerFormPage {
  readonly checklist: Locator;
  constructor(readonly page: Page) {
    this.checklist = page.locator('form ol[aria-live]');
  }

  /** From the list of servers, through the cards of the modules. */
  async openNew(module: string): Promise<this> {
    await this.page.goto('/servers');
    await this.page.getByRole('link', { name: 'Add server' }).first().click();
    await this.page.getByRole('link', { name: module, exact: true }).click();
    await this.page.waitForURL(/\/servers\/new\?module=/);
    return this;
  }

  field = (label: string | RegExp): Locator => this.page.getByRole('textbox', { name: label });

  async fill(values: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await this.field(new RegExp(`^${label}`)).fill(value);
  }

  /** Tests, and waits until the test is over. */
  async test(): Promise<void> {
    await this.page.getByRole('button', { name: 'Test connection' }).click();
    await this.ended();
  }

  async ended(): Promise<void> {
    await expect(this.checklist).toHaveAttribute('aria-busy', 'false');
  }

  line = (step: string): Locator => this.checklist.getByRole('listitem').filter({ hasText: step });

  /** Saves, and answers with the id of the server whose page comes then. */
  async save(button: 'Add server' | 'Save server'): Promise<string> {
    await this.page.getByRole('button', { name: button }).click();
    await this.page.waitForURL(/\/servers\/[0-9a-f-]{36}$/);
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }
}
