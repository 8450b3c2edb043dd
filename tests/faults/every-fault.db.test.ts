import { afterAll, vi } from 'vitest';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { startSimulator } from '@/modules/sdk/simulator-host';
import { describeEveryFault } from './testing/every-fault';

const catcher = await vi.hoisted(async () =>
  (await import('@/features/operations/testing/event-catcher')).startEventCatcher(),
);
afterAll(() => catcher.stop());

describeEveryFault({ slug: 'pickaxe', start: () => startSimulator(pickaxeSimulator) });
