import { handleTrpc } from '@/trpc/handler';

export { handleTrpc as GET, handleTrpc as POST };
