import { useTranslations } from 'next-intl';
import { encode } from 'uqr';

/** What an authenticator app reads: drawn here, so that the secret goes to no other program. */
export function QrPicture({ text }: { text: string }) {
  const t = useTranslations('twoFactor');
  const { data, size } = encode(text, { ecc: 'M', border: 3 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      role="img"
      aria-label={t('picture')}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-48 shrink-0 rounded-lg border border-line bg-white"
    >
      {/* Black on white in both colour schemes: many apps read nothing else. */}
      <path d={squares.join('')} fill="#000" />
    </svg>
  );
}
