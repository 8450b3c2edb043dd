/** The product's own blue, light to dark: Mantine's ten shades and Tailwind's brand-50 ... brand-900. */
export const brand = [
  '#eef4ff',
  '#dbe6fe',
  '#bfd3fe',
  '#93b4fd',
  '#608bfa',
  '#3b66f5',
  '#2547ea',
  '#1d36d7',
  '#1e2fae',
  '#1e2d89',
] as const;

/** Cool greys instead of Mantine's neutral ones; shade 6 passes AA on white, so dimmed text is readable. */
export const gray = [
  '#f8fafc',
  '#f1f5f9',
  '#e2e8f0',
  '#cbd5e1',
  '#94a3b8',
  '#64748b',
  '#475569',
  '#334155',
  '#1e293b',
  '#0f172a',
] as const;

/** Night blue instead of flat grey: 7 is the surface, 8 lies under it, 4 draws lines, 2 is quiet text. */
export const dark = [
  '#e8ecf4',
  '#c9d1df',
  '#a3afc4',
  '#6f7d96',
  '#35415a',
  '#222b3d',
  '#182032',
  '#121826',
  '#0d1320',
  '#0b0f19',
] as const;

/** For ids, addresses and what panels say. */
export const MONO =
  "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Segoe UI Mono', 'Roboto Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace";
