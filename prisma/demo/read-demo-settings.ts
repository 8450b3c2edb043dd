import { z } from 'zod';

const signIn = z.object({ email: z.email(), password: z.string().min(12) });
const simulators = z.array(
  z.object({ slug: z.string(), name: z.string(), url: z.url(), credentials: z.record(z.string(), z.unknown()) }),
);

export type SignIn = z.infer<typeof signIn>;
export type RunningSimulator = z.infer<typeof simulators>[number];

export interface DemoSettings {
  simulators: RunningSimulator[];
  admin: SignIn;
  customer: SignIn;
}

/** What `npm run demo` hands to the seed: where the simulated panels listen, and who may sign in. */
export function readDemoSettings(env: NodeJS.ProcessEnv): DemoSettings {
  if (env.HYBLE_MODE !== 'demo') {
    throw new Error(
      'Sample data belongs into a demo only, and this is none (HYBLE_MODE is not "demo"). Start `npm run demo`.',
    );
  }
  const read = <T>(name: string, schema: z.ZodType<T>): T => {
    const text = env[name];
    if (!text) throw new Error(`${name} is missing. The sample data is loaded by \`npm run demo\`, which sets it.`);
    return schema.parse(JSON.parse(text));
  };
  return {
    simulators: read('HYBLE_DEMO_SIMULATORS', simulators),
    admin: read('HYBLE_DEMO_ADMIN', signIn),
    customer: read('HYBLE_DEMO_CUSTOMER', signIn),
  };
}
