// Everything that can be said about the code without running it, under a minute.
//   node scripts/check.mjs
import { runSteps } from './steps.mjs';

const node = (script, ...args) => [process.execPath, `scripts/${script}`, ...args];

const ok = runSteps(
  [
    { name: 'database client', command: node('generate.mjs', '--quiet') },
    { name: 'format', command: ['biome', 'check', '.'] },
    { name: 'lint', command: ['oxlint', '--type-aware'] },
    { name: 'types', command: ['tsc', '--noEmit', '-p', 'tsconfig.json'] },
    { name: 'layers', command: node('layers.mjs') },
    { name: 'structure', command: node('check-structure.mjs') },
  ],
  { stopAtFirst: false },
);
process.exit(ok ? 0 : 1);
