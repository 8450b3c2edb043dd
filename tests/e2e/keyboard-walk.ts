import type { Page } from '@playwright/test';

/** Marks everything in a part of the page that a key should reach: one button per group of radios, nothing hidden. */
function markReachable(part: string): void {
  const wanted = 'a[href], button, input, select, textarea, summary, iframe, [tabindex="0"], [contenteditable="true"]';
  const seenRadios = new Set<string>();
  const all = [...document.querySelectorAll<HTMLElement>(`${part} :is(${wanted})`)].filter((element) => {
    if (element.tabIndex < 0 || element.closest('[inert], [aria-hidden="true"]')) return false;
    if (element.matches(':disabled, input[type="hidden"]')) return false;
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
    if (seenRadios.has(element.name)) return false;
    const group = document.querySelectorAll<HTMLInputElement>(
      `input[type="radio"][name="${CSS.escape(element.name)}"]`,
    );
    const checked = [...group].some((radio) => radio.checked);
    if (checked && !element.checked) return false;
    seenRadios.add(element.name);
    return true;
  });
  for (const element of all) element.setAttribute('data-unreached', '');
}

/** Where the focus is: takes the mark away, and says whether a person could see and name the place. */
function look(): { place: string; fault: string | null; left: number } {
  const element = document.activeElement;
  const unreached = () => document.querySelectorAll('[data-unreached]').length;
  if (!(element instanceof HTMLElement) || element === document.body)
    return { place: '', fault: null, left: unreached() };
  element.removeAttribute('data-unreached');
  const place = element.outerHTML.slice(0, 160);
  const labels = 'labels' in element && element.labels instanceof NodeList ? element.labels : null;
  const named = ['aria-labelledby', 'placeholder'].map((name) => element.getAttribute(name));
  const names = [element.ariaLabel, element.textContent, element.title, labels?.[0]?.textContent, ...named];
  // A field for a date shows its focus on the part that is being typed, a frame inside itself.
  const shown = element.matches(':focus-visible, [type="date"], iframe');
  const fault = names.some((text) => text?.trim()) ? (shown ? null : 'does not show the focus') : 'has no name';
  return { place, fault, left: unreached() };
}

const MOST_KEYS = 400;

/**
 * Walks through a part of the page with the Tab key alone, from where the focus is; answers with what it did not come
 * past, or could not tell. The part is given as a CSS selector.
 */
export async function walkByTab(page: Page, part = 'main'): Promise<string[]> {
  await page.evaluate(markReachable, part);
  const faults: string[] = [];
  for (let keys = 0; keys < MOST_KEYS; keys++) {
    await page.keyboard.press('Tab');
    const { place, fault, left } = await page.evaluate(look);
    if (fault) faults.push(`${fault}: ${place}`);
    if (left === 0) break;
  }
  const missed = await page
    .locator('[data-unreached]')
    .evaluateAll((found) => found.map((one) => one.outerHTML.slice(0, 160)));
  return [...faults, ...missed.map((place) => `is not reached: ${place}`)];
}
