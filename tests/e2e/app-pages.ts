import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const APP = fileURLToPath(new URL('../../src/app', import.meta.url));

/** The addresses of all pages of one area under src/app, `(admin)` for example; parts in brackets are still to be filled. */
export function pagesOf(area: string): string[] {
  return readdirSync(`${APP}/${area}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)page\.tsx$/.test(path))
    .map((path) => `/${path.replace(/\/?page\.tsx$/, '')}`)
    .map((path) => path.replace('[...missing]', 'no/such/page'))
    .sort();
}
