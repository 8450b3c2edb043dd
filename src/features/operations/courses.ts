import type { OpenServer } from '@/features/servers/server-access';
import type { OperationKind, ServiceStatus } from '@/generated/prisma/enums';
import type { LimitedCall, ModuleContext, ModuleService, RemoteAccount } from '@/modules/sdk/contract';
import { ModuleError } from '@/modules/sdk/errors';
import type { ChangeInput } from './change-input';

export type ChangeKind = Exclude<OperationKind, 'CREATE'>;

/** What differs between the kinds of work on an existing account; everything else is one course for all. */
export interface Course {
  call: LimitedCall;
  act(open: OpenServer, service: ModuleService, input: ChangeInput, ctx: ModuleContext): Promise<unknown>;
  /** Does the account show that it was done? null = the account does not show this. */
  shows(account: RemoteAccount): boolean | null;
  /** Doing it twice is the same as doing it once. */
  repeatable(open: OpenServer, input: ChangeInput): boolean;
  /** The service's status afterwards; null = stays. */
  after: ServiceStatus | null;
}

const always = () => true;
const unseen = () => null;

function lacks(what: string): ModuleError {
  return new ModuleError({ kind: 'unsupported', words: `The module cannot ${what}.` });
}

export const COURSES: Record<ChangeKind, Course> = {
  SUSPEND: {
    call: 'suspend',
    act: ({ module, server }, service, _input, ctx) => module.suspend(service, server, ctx),
    shows: (account) => account.status === 'suspended',
    repeatable: always,
    after: 'SUSPENDED',
  },
  UNSUSPEND: {
    call: 'unsuspend',
    act: ({ module, server }, service, _input, ctx) => module.unsuspend(service, server, ctx),
    shows: (account) => account.status !== 'suspended',
    repeatable: always,
    after: 'ACTIVE',
  },
  TERMINATE: {
    call: 'terminate',
    act: ({ module, server }, service, _input, ctx) => module.terminate(service, server, ctx),
    shows: () => false,
    repeatable: always,
    after: 'TERMINATED',
  },
  CHANGE_PASSWORD: {
    call: 'changePassword',
    act: ({ module, server }, service, input, ctx) => {
      if (input.password === undefined) throw lacks('set a password that was not given');
      return module.changePassword(service, server, input.password, ctx);
    },
    shows: unseen,
    repeatable: always,
    after: null,
  },
  CHANGE_PACKAGE: {
    call: 'changePackage',
    act: ({ module, server }, service, input, ctx) => {
      if (!module.changePackage || !input.change) throw lacks('change the package');
      return module.changePackage(service, server, input.change, ctx);
    },
    shows: unseen,
    repeatable: always,
    after: null,
  },
  CUSTOM_ACTION: {
    call: 'action',
    act: (open, service, input, ctx) => {
      const action = findAction(open, input);
      if (!action) throw lacks(`do "${input.actionId ?? ''}"`);
      return action.run(service, open.server, input.actionInput, ctx);
    },
    shows: unseen,
    repeatable: (open, input) => findAction(open, input)?.repeatable ?? false,
    after: null,
  },
};

function findAction(open: OpenServer, input: ChangeInput) {
  return open.module.customActions?.find((action) => action.id === input.actionId && action.kind === 'task');
}
