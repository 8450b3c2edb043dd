/** The product's mark; the word beside it is text. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false" className="shrink-0">
      <rect width="32" height="32" rx="9" fill="#2547ea" />
      <path d="M10 8v16M22 8v16M10 16h12" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" />
      <circle cx="22" cy="16" r="3.4" fill="#fff" />
    </svg>
  );
}
