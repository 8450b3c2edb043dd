/** What a key may do, spelled as in calls and refusals. */
export function ScopeNames({ scopes }: { scopes: string[] }) {
  return (
    <span className="inline-flex flex-wrap gap-x-2 font-mono text-xs leading-5">
      {scopes.map((scope) => (
        <span key={scope}>{scope}</span>
      ))}
    </span>
  );
}
