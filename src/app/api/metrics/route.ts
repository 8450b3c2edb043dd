import { collectMetrics } from '@/features/health/collect-metrics';
import { mayReadMetrics } from '@/features/health/may-read-metrics';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  if (!mayReadMetrics(request.headers)) {
    return new Response(
      'Metrics are for this machine, or for whoever brings "Authorization: Bearer <HYBLE_METRICS_TOKEN>". Set that variable and restart.\n',
      { status: 401, headers: { 'www-authenticate': 'Bearer', 'cache-control': 'no-store' } },
    );
  }
  const { type, text } = await collectMetrics();
  return new Response(text, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
}
