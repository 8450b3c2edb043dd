import type { CaughtEmail } from './mail-catcher';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const inHtml = (text: string) => text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
h1{font-size:1.3rem}details{border:1px solid #ddd;border-radius:8px;margin:.5rem 0;padding:.5rem .9rem}
summary{cursor:pointer}small{color:#555}pre{white-space:pre-wrap;word-break:break-word;font:13px/1.5 ui-monospace,monospace}
@media(prefers-color-scheme:dark){body{color:#eee;background:#181a1f}details{border-color:#3a3d45}small{color:#b5b8c0}}`;

/** One page that lists what was caught, newest first, text only: a caught mail must not run or load anything. */
export function renderMailbox(mails: CaughtEmail[]): string {
  const rows = mails.map(
    ({ subject, to, receivedAt, text }) => `<details><summary><strong>${inHtml(subject || '(no subject)')}</strong><br>
<small>to ${inHtml(to)} · ${inHtml(receivedAt.replace('T', ' ').slice(0, 19))} UTC</small></summary><pre>${inHtml(text)}</pre></details>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Mailbox of the demo</title><style>${STYLE}</style></head><body><h1>Mailbox of the demo</h1>
<p>Every mail of this copy ends here. As data: <code>GET /email</code>.</p>${rows.join('') || '<p>No mail yet.</p>'}</body></html>`;
}
