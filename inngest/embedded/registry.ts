import type { EventTrigger, FunctionConfig } from './config';
import {
  type Cancellation,
  type DueEvent,
  type EventBody,
  internalEvent,
  type Routing,
  type RunStart,
} from './events-store';
import { keyOf, matches } from './expressions';
import { reasonOf } from './settings';

/** The functions as last announced by the application. */
export interface Registry {
  /** False until the application has told its functions once: an event routed before that would start nothing. */
  isKnown(): boolean;
  replace(functions: Map<string, FunctionConfig>): void;
  all(): FunctionConfig[];
  /** Whether an event of this name can start or end anything; as long as the functions are not known it may. */
  listens(eventName: string): boolean;
  /** What an event starts when that takes nothing but new rows; null = it has to go through the router. */
  startsAtOnce(event: EventBody): RunStart[] | null;
  /** What an event starts and calls off. A rule that cannot be evaluated is a problem that is told, never a silent "no". */
  route(event: DueEvent): Routing;
}

export function createRegistry(): Registry {
  let known: FunctionConfig[] | null = null;
  const functions = () => known ?? [];
  return {
    isKnown: () => known !== null,
    replace(next) {
      known = [...next.values()];
    },
    all: functions,
    listens: (name) =>
      known === null ||
      known.some(
        (fn) =>
          fn.events.some((trigger) => hears(trigger.event, name)) || fn.cancels.some((rule) => hears(rule.event, name)),
      ),
    startsAtOnce(event) {
      if (!known) return null;
      const { starts, cancels, problem } = route(known, { seq: '', onlyFunction: null, body: event, ...event });
      const plain = starts.every((start) => start.onceKey === null && start.singleton === null);
      return plain && cancels.length === 0 && problem === null ? starts : null;
    },
    route: (event) => route(functions(), event),
  };
}

function hears(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

function route(functions: FunctionConfig[], event: DueEvent): Routing {
  const starts: RunStart[] = [];
  const problems: string[] = [];
  for (const fn of functions) {
    // Each rule by itself: one that cannot be evaluated must not keep another from starting the function.
    const attempt = <T>(work: () => T): T | undefined => {
      try {
        return work();
      } catch (error) {
        problems.push(`${fn.id}: ${reasonOf(error).split('\n')[0]}`);
      }
    };
    const wanted = event.onlyFunction
      ? fn.id === event.onlyFunction
      : fn.events.some((trigger) => attempt(() => fits(trigger, event)));
    const start = wanted ? attempt(() => startOf(fn, event)) : undefined;
    if (start) starts.push(start);
  }
  const cancels = event.onlyFunction ? [] : functions.flatMap((fn) => cancelsOf(fn, event));
  return { starts, cancels, problem: problems.length > 0 ? problems.join('; ') : null };
}

function cancelsOf(fn: FunctionConfig, event: DueEvent): Cancellation[] {
  return fn.cancels
    .filter((rule) => hears(rule.event, event.name))
    .map(({ expression, withinMs }) => ({
      fnId: fn.id,
      withinMs,
      fits: (started) => expression === null || matches(expression, started, event.body),
    }));
}

function fits(trigger: EventTrigger, event: DueEvent): boolean {
  if (!hears(trigger.event, event.name)) return false;
  return trigger.expression === null || matches(trigger.expression, event.body);
}

function startOf(fn: FunctionConfig, event: DueEvent): RunStart {
  return {
    fnId: fn.id,
    event: event.body,
    maxAttempts: fn.maxAttempts,
    slotKeys: fn.concurrency.map((rule) => {
      const owner = rule.scope === 'fn' ? fn.id : rule.scope;
      return rule.key === null ? owner : `${owner} ${rule.key} ${keyOf(rule.key, event.body)}`;
    }),
    slotLimits: fn.concurrency.map((rule) => rule.limit),
    onceKey: fn.idempotency === null ? null : `${fn.id} ${keyOf(fn.idempotency, event.body)}`,
    singleton: fn.singleton && {
      mode: fn.singleton.mode,
      key: fn.singleton.key === null ? fn.id : `${fn.id} ${keyOf(fn.singleton.key, event.body)}`,
    },
  };
}

export function cronEvent(cron: string, fireAt: Date, now: Date) {
  const data = { cron, fireAt: now.toISOString(), scheduledAt: fireAt.toISOString() };
  return internalEvent('inngest/scheduled.timer', data, now.getTime());
}
