import { handleServerLogin } from '@/features/sso/handle-login';

export async function POST(request: Request, { params }: { params: Promise<{ serverId: string }> }) {
  return handleServerLogin(request, (await params).serverId);
}
