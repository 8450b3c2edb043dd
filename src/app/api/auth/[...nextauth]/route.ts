import NextAuth from 'next-auth';
import { authOptions } from '@/features/sign-in/auth-options';

type Handler = (request: Request, context: { params: Promise<{ nextauth: string[] }> }) => Promise<Response>;

// Settings are read at the first request: the build runs without an environment.
const handler: Handler = (request, context) => (NextAuth(authOptions()) as Handler)(request, context);

export { handler as GET, handler as POST };
