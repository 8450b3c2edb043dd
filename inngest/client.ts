import { Inngest } from 'inngest';

/** Everything else (keys, address, dev or cloud) comes from the environment, so that one build runs everywhere. */
export const inngest = new Inngest({ id: 'hyble', aiMetadata: false });
