import createNextIntlPlugin from 'next-intl/plugin';

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Types are checked by `npm run check`; checking them once more here costs every build four seconds.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  experimental: { agentUpgrade: false },
  // Pages get theirs in src/proxy.ts, which no call of a program passes.
  headers: async () => [
    {
      source: '/api/:path*',
      headers: [
        { key: 'x-content-type-options', value: 'nosniff' },
        { key: 'cache-control', value: 'no-store' },
      ],
    },
  ],
  // Only a container image wants the copied-out server; on a machine `next start` needs no second copy of the files.
  ...(process.env.NEXT_STANDALONE === '1' ? { output: 'standalone' } : {}),
};

export default createNextIntlPlugin('./src/i18n/request.ts')(config);
