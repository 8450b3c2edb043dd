import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ModuleServer, ModuleService, ServerModuleInterface } from '../contract';
import { benchContext, type Caller, expectFailure, makeService, order } from '../contract-bench';
import { secretPaths, secretValues } from '../fields';
import { generatePassword } from '../passwords';

/** One account is made, changed and removed. A panel that is slow may take this long for each. */
const LONGEST_MS = 10 * 60_000;

const liveFile = z.strictObject({
  /** What the form of a server asks for. */
  credentials: z.record(z.string(), z.unknown()),
  /** What the form of a product asks for. */
  moduleSettings: z.record(z.string(), z.unknown()).default({}),
  /** A domain of yours: the account that is made gets a name below it. */
  domain: z.string().min(1),
  pins: z.array(z.string()).optional(),
  allowCidrs: z.array(z.string()).default([]),
  allowLoopbackPorts: z.array(z.int()).default([]),
});

const liveFileOf = (slug: string) => process.env[`HYBLE_LIVE_${slug.replaceAll('-', '_').toUpperCase()}`];

function openLive(module: ServerModuleInterface, file: string): Caller & { service: ModuleService } {
  const live = liveFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const server: ModuleServer = {
    id: 'live',
    name: 'Live panel',
    hostname: live.domain,
    ipAddress: '203.0.113.1',
    type: 'SHARED',
    credentials: module.configSchema.parse(live.credentials),
  };
  const base = {
    module,
    server,
    secrets: secretValues(module.configSchema, server.credentials),
    policy: { allowCidrs: live.allowCidrs, allowLoopbackPorts: live.allowLoopbackPorts, forbiddenPorts: [] },
    ...(live.pins && { trust: { pins: live.pins } }),
  };
  const said: string[] = [];
  const note = (what: unknown) => void said.push(JSON.stringify(what));
  const made = makeService(module, 1, Date.now().toString(16).slice(-6), live.domain);
  return {
    module,
    server,
    said,
    context: (wishes = {}) =>
      benchContext(base, { limitMs: LONGEST_MS, ...wishes }, { note, onAnswer: () => undefined }),
    service: { ...made, product: { ...made.product, moduleSettings: live.moduleSettings } },
  };
}

/**
 * The life of one account on a real panel, when `HYBLE_LIVE_<SLUG>` names a JSON file that says which. Nothing but this
 * account is changed there, and it is removed again.
 */
export function describeLivePanel(module: ServerModuleInterface): void {
  const file = liveFileOf(module.slug);
  if (!file) return;
  describe('a live panel', { timeout: LONGEST_MS }, () => {
    const live = openLive(module, file);
    const { server, context } = live;
    let { service } = live;
    let there = false;
    afterAll(async () => {
      if (there) await module.terminate(service, server, context());
    }, LONGEST_MS);
    const shown = async () => (await module.getAccount?.(service, server, context()))?.status;

    it('connects, and calls a wrong login "auth"', async () => {
      expect(await module.testConnection(server, context())).toBe(true);
      const wrong = structuredClone(server.credentials) as Record<string, unknown>; // parsed settings are an object
      for (const path of secretPaths(module.configSchema)) wrong[path] = 'not-the-right-secret';
      await expectFailure(live, module.testConnection({ ...server, credentials: wrong }, context()), {
        kind: 'auth',
        outcome: 'not-done',
      });
    });

    it('makes an account and shows it, once', async () => {
      expect((await shown()) ?? 'nothing').toBe('nothing');
      service = await order(live, service);
      there = true;
      expect((await shown()) ?? 'active').toBe('active');
      const ids: string[] = [];
      for await (const { remoteId } of module.listAccounts?.(server, context()) ?? []) ids.push(remoteId);
      if (module.listAccounts) expect(ids.filter((id) => id === service.remoteId)).toHaveLength(1);
    });

    it('measures it, and lets its owner in', async () => {
      const usage = await module.getUsage?.(service, server, context());
      if (usage) expect(usage.diskUsed).not.toBe(undefined);
      expect((await module.getSSOUrl?.(service, server, context())) ?? 'https://').toMatch(/^https?:\/\//);
    });

    it('suspends, resumes and gives another password', async () => {
      if (module.supports?.suspend !== false) {
        expect(await module.suspend(service, server, context({ reason: 'Test' }))).toBe(true);
        expect((await shown()) ?? 'suspended').toBe('suspended');
        expect(await module.unsuspend(service, server, context())).toBe(true);
        expect((await shown()) ?? 'active').toBe('active');
      }
      const password = generatePassword(module.policies?.password);
      if (module.supports?.changePassword !== false)
        expect(await module.changePassword(service, server, password, context())).toBe(true);
      expect(live.said.join('\n')).not.toContain(password);
    });

    it('removes it', async () => {
      expect(await module.terminate(service, server, context())).toBe(true);
      there = false;
      expect((await shown()) ?? 'nothing').toBe('nothing');
    });
  });
}
