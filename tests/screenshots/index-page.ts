const inHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** One page with all pictures, a row per page of the program. */
export function indexPage(pictures: readonly string[]): string {
  const rows = new Map<string, string[]>();
  for (const picture of pictures) {
    const [state = '', , file = ''] = picture.split('/');
    const key = `${state} · ${file.replace(/\.png$/, '')}`;
    rows.set(key, [...(rows.get(key) ?? []), picture]);
  }
  const sections = [...rows].map(
    ([title, files]) =>
      `<section><h2>${inHtml(title)}</h2><div>${files
        .map(
          (file) =>
            `<a href="${inHtml(encodeURI(file))}"><img loading="lazy" alt="" src="${inHtml(encodeURI(file))}"></a>`,
        )
        .join('')}</div></section>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page</title>
<style>body{font:14px system-ui;margin:2rem;background:#888}h2{font-size:1rem;margin:2rem 0 .5rem}
div{display:flex;gap:1rem;align-items:start}img{max-height:640px;max-width:40vw;box-shadow:0 2px 12px #0006}</style>
<h1>Every page</h1>${sections.join('')}</html>`;
}
