import { uuidv7 } from './ids';

export type Actor =
  | { type: 'user'; id: string; name: string; role: 'ADMIN' | 'SUPPORT' | 'CUSTOMER'; customerId: string | null }
  /** Another program, by its API key: acts like staff, within its scopes. */
  | { type: 'key'; id: string; name: string; scopes: readonly string[] }
  | { type: 'system'; id: null; name: string };

/** Who asks, from where: handed to every verb, so that pages, functions and jobs share the same verbs. */
export interface Ctx {
  actor: Actor;
  address: string | null;
  requestId: string;
  /** The session that was used, where a person asks by a browser. */
  sessionId?: string | undefined;
}

/** The context of work that no person asked for at this moment. */
export function systemContext(name: string): Ctx {
  return { actor: { type: 'system', id: null, name }, address: null, requestId: uuidv7() };
}
