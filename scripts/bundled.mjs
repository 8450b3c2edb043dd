import { root } from './steps.mjs';

/** How the processes beside the web are bundled. Packages stay outside: native files and WebAssembly are found where npm put them. */
export const BUNDLED = {
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  jsx: 'automatic',
  packages: 'external',
  tsconfig: 'tsconfig.node.json',
  logLevel: 'warning',
};
