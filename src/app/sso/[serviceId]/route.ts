import { handleServiceLogin } from '@/features/sso/handle-login';

/** By POST only: a link that is fetched ahead, or a mail scanner, must not make sessions. */
export async function POST(request: Request, { params }: { params: Promise<{ serviceId: string }> }) {
  return handleServiceLogin(request, (await params).serviceId);
}
