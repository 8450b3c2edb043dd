import { handleCodeLogin } from '@/features/sso/handle-login';

/** By POST only: a mail scanner that follows the address must not spend the code behind it. */
export { handleCodeLogin as POST };
