import { type Block, readBlocks, readSpans } from './markdown-blocks';

/** A read-me, drawn as elements: nothing in it can become a script or an attribute. */
export function Markdown({ text }: { text: string }) {
  // The page has the title already.
  const blocks = readBlocks(text).filter(
    (block, index) => !(index === 0 && block.kind === 'heading' && block.level === 1),
  );
  return (
    <div className="space-y-3 text-sm leading-6">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text that never changes while it is shown
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h3 className="pt-2 text-[15px] font-semibold">
          <Spans text={block.text} />
        </h3>
      );
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <pre tabIndex={0} className="overflow-x-auto rounded-lg bg-code p-3 font-mono text-xs leading-5">
          {block.text}
        </pre>
      );
    case 'list':
      return <ListView block={block} />;
    case 'table':
      return <TableView block={block} />;
    default:
      return (
        <p>
          <Spans text={block.text} />
        </p>
      );
  }
}

function ListView({ block: { ordered, items } }: { block: Extract<Block, { kind: 'list' }> }) {
  const List = ordered ? 'ol' : 'ul';
  return (
    <List className={`space-y-1 pl-5 ${ordered ? 'list-decimal' : 'list-disc'}`}>
      {items.map((item) => (
        <li key={item}>
          <Spans text={item} />
        </li>
      ))}
    </List>
  );
}

function TableView({ block: { head, rows } }: { block: Extract<Block, { kind: 'table' }> }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label={head.join(', ')} className="overflow-x-auto">
      <table className="w-full text-left">
        <thead>
          <tr className="border-b border-line">
            {head.map((cell) => (
              <th key={cell} className="py-1.5 pr-4 text-[13px] font-semibold">
                <Spans text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join('|')} className="border-b border-line last:border-0">
              {row.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their column
                <td key={index} className="py-1.5 pr-4 align-top">
                  <Spans text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Spans({ text }: { text: string }) {
  return readSpans(text).map((span, index) => {
    const key = `${index}`;
    if (span.kind === 'link')
      return (
        <a key={key} href={span.href} rel="noreferrer noopener" target="_blank">
          {span.text}
        </a>
      );
    if (span.kind === 'code')
      return (
        <code key={key} className="rounded bg-code px-1 py-0.5 font-mono text-[0.85em] [overflow-wrap:anywhere]">
          {span.text}
        </code>
      );
    if (span.kind === 'strong') return <strong key={key}>{span.text}</strong>;
    return span.kind === 'em' ? <em key={key}>{span.text}</em> : span.text;
  });
}
