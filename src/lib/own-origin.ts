import { publicUrl } from '@/env';

/** Whether an `Origin` header names this program: by its public address, or by the host it was asked under. */
export function isOwnOrigin(request: Request, origin: string): boolean {
  if (origin === new URL(publicUrl()).origin) return true;
  const host = request.headers.get('host') ?? new URL(request.url).host;
  return URL.canParse(origin) && new URL(origin).host === host;
}
