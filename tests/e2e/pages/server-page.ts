import type { Locator, Page } from '@playwright/test';

/** The page of one server and what its menu does. */
export class ServerPage {
  constructor(readonly page: Page) {}

  status = (words: string): Locator => this.page.getByRole('main').getByText(words, { exact: true }).first();

  async choose(item: string): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Actions', exact: true }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
    return this.page.getByRole('dialog');
  }

  /** Opens the question behind an entry of the menu, gives a reason and confirms. */
  async act(item: string, reason: string): Promise<Locator> {
    const question = await this.choose(item);
    await question.getByRole('textbox').fill(reason);
    await question.getByRole('button', { name: item }).click();
    return question;
  }
}
