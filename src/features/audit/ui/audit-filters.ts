import { AUDIT_ACTORS, AUDIT_TARGETS } from '../choices';

export const AUDIT_FILTERS = ['search', 'on', 'id', 'by', 'from', 'to'] as const;

type Texts = Partial<Record<(typeof AUDIT_FILTERS)[number], string | undefined>>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The filter that the address holds; whatever makes no sense counts as not given. */
export function readAuditFilter({ search, on, id, by, from, to }: Texts) {
  return {
    search: search || undefined,
    targetType: AUDIT_TARGETS.find((target) => target === on),
    targetId: id && id.length <= 64 ? id : undefined,
    actorType: AUDIT_ACTORS.find((actor) => actor === by),
    from: from && DAY.test(from) && !Number.isNaN(Date.parse(from)) ? from : undefined,
    to: to && DAY.test(to) && !Number.isNaN(Date.parse(to)) ? to : undefined,
  };
}
