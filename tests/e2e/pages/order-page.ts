import type { Locator, Page } from '@playwright/test';

/** The form in which staff order a service. */
export class OrderPage {
  readonly customer: Locator;
  readonly product: Locator;
  readonly domain: Locator;
  constructor(readonly page: Page) {
    this.customer = page.getByRole('combobox', { name: 'Customer' });
    this.product = page.getByRole('combobox', { name: 'Product' });
    this.domain = page.getByRole('textbox', { name: 'Domain or name' });
  }

  async open(): Promise<this> {
    await this.page.goto('/services');
    await this.page.getByRole('link', { name: 'New service' }).first().click();
    await this.page.waitForURL('/services/new');
    return this;
  }

  async chooseCustomer(name: string): Promise<void> {
    await this.customer.fill(name);
    await this.page.getByRole('option', { name }).click();
  }

  async chooseProduct(name: string): Promise<void> {
    await this.product.click();
    await this.page.getByRole('option', { name, exact: true }).click();
  }

  submit = () => this.page.getByRole('button', { name: 'Order service' }).click();

  /** Orders and answers the id of the service whose page comes then. */
  async order(what: { customer: string; product: string; domain: string }): Promise<string> {
    await this.chooseCustomer(what.customer);
    await this.chooseProduct(what.product);
    await this.domain.fill(what.domain);
    await this.submit();
    await this.page.waitForURL(/\/services\/[0-9a-f-]{36}$/);
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }
}
