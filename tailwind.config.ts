import type { Config } from 'tailwindcss';
import { brand, MONO } from './src/components/palette';

const config: Config = {
  content: ['./src/**/*.{ts,tsx}'],
  darkMode: ['selector', '[data-mantine-color-scheme="dark"]'],
  theme: {
    extend: {
      fontFamily: { mono: MONO },
      colors: {
        brand: Object.fromEntries(brand.map((colour, index) => [index === 0 ? 50 : index * 100, colour])),
        // Surfaces and inks that change with the colour scheme; their values stand in src/app/globals.css.
        canvas: 'var(--canvas)',
        surface: 'var(--surface)',
        line: 'var(--line)',
        'line-strong': 'var(--line-strong)',
        ink: 'var(--ink)',
        'ink-soft': 'var(--ink-soft)',
        hover: 'var(--hover)',
        code: 'var(--code)',
        'tone-bg': 'var(--tone-bg)',
        'tone-fg': 'var(--tone-fg)',
        'tone-dot': 'var(--tone-dot)',
      },
    },
  },
};

export default config;
