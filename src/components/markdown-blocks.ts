/** The part of Markdown that read-me files of modules use. */
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] };

const LIST = /^\s*(?:[-*]|(\d+)\.)\s+(.*)$/;

/** Cuts a text into blocks. What it does not know stays a paragraph with its own words. */
export function readBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.split(/\r?\n/);
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    if (line.trim() === '') continue;
    blocks.push(readBlock(line, lines));
  }
  return blocks;
}

function readBlock(line: string, rest: string[]): Block {
  if (line.startsWith('```')) {
    const end = rest.findIndex((one) => one.startsWith('```'));
    const body = rest.splice(0, end === -1 ? rest.length : end + 1);
    return { kind: 'code', text: (end === -1 ? body : body.slice(0, -1)).join('\n') };
  }
  const [, marks, title] = /^(#{1,6})\s+(.*)$/.exec(line) ?? [];
  if (marks && title !== undefined) return { kind: 'heading', level: marks.length, text: title };
  if (line.trim().startsWith('|') && /^[\s|:-]+$/.test(rest[0] ?? 'x')) return readTable(line, rest);
  if (LIST.test(line)) return readList(line, rest);
  const more = takeWhile(
    rest,
    (one) => one.trim() !== '' && !one.startsWith('```') && !one.startsWith('#') && !LIST.test(one),
  );
  return { kind: 'paragraph', text: [line, ...more].map((one) => one.trim()).join(' ') };
}

function readTable(line: string, rest: string[]): Block {
  const cells = (row: string) =>
    row
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim());
  rest.shift();
  return { kind: 'table', head: cells(line), rows: takeWhile(rest, (one) => one.trim().startsWith('|')).map(cells) };
}

function readList(line: string, rest: string[]): Block {
  const items: string[] = [];
  for (const one of [line, ...takeWhile(rest, (next) => LIST.test(next) || /^\s+\S/.test(next))]) {
    const [, , text] = LIST.exec(one) ?? [];
    // A line that only goes on belongs to the entry above it.
    if (text === undefined) items.push(`${items.pop() ?? ''} ${one.trim()}`);
    else items.push(text);
  }
  return { kind: 'list', ordered: /^\s*\d/.test(line), items };
}

function takeWhile(lines: string[], fits: (line: string) => boolean): string[] {
  const end = lines.findIndex((line) => !fits(line));
  return lines.splice(0, end === -1 ? lines.length : end);
}

export type Span =
  | { kind: 'text' | 'code' | 'strong' | 'em'; text: string }
  | { kind: 'link'; text: string; href: string };

const SPAN = /`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w_])_([^_]+)_(?![\w_])|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** Code, strong, emphasised words and links to the web inside one line; every other link is only its words. */
export function readSpans(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(SPAN)) {
    if (match.index > from) spans.push({ kind: 'text', text: text.slice(from, match.index) });
    spans.push(spanOf(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) spans.push({ kind: 'text', text: text.slice(from) });
  return spans;
}

function spanOf([whole, code, strong, em, label, href]: RegExpMatchArray): Span {
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  if (em !== undefined) return { kind: 'em', text: em };
  if (label !== undefined && href !== undefined && /^https?:\/\//.test(href))
    return { kind: 'link', text: label, href };
  return { kind: 'text', text: label ?? whole };
}
