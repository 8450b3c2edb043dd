// What `npm run keys:rotate` runs against a database that answers; see scripts/rotate-keys.mjs.
import { db } from '@/lib/db';
import { keyRingPath } from '@/lib/key-ring';
import { forgetOldKeys, type RotationProgress, rotateKeys } from '@/lib/rotate-keys';

const WIDTH = 30;

function show({ done, total }: RotationProgress): void {
  const filled = total === 0 ? WIDTH : Math.round((done / total) * WIDTH);
  const line = `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${done} of ${total} secrets`;
  process.stdout.write(process.stdout.isTTY ? `\r${line}` : `${line}\n`);
}

async function rotate(): Promise<void> {
  const { current, resumed, resealed, unreadable, old } = await rotateKeys(show);
  if (process.stdout.isTTY) process.stdout.write('\n');
  if (resumed) console.log('An earlier rotation had been stopped half-way; it was finished with the key it had made.');
  console.log(
    `${resealed} secrets are sealed anew; ${current} is the current key in ${keyRingPath()}. Back that file up.`,
  );
  for (const place of unreadable) console.log(`No key opens ${place}: it was left as it is. Enter that secret again.`);
  if (unreadable.length > 0) process.exitCode = 1;
  else if (old.length > 0)
    console.log(
      `Nothing needs ${old.join(', ')} any more, except older backups of the database. To take old keys out of the file: ` +
        'npm run keys:rotate -- --forget-old',
    );
}

try {
  if (process.argv.includes('--forget-old')) {
    const gone = await forgetOldKeys();
    console.log(gone.length > 0 ? `Taken out of ${keyRingPath()}: ${gone.join(', ')}.` : 'Every key is still needed.');
  } else {
    await rotate();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await db.$disconnect();
}
