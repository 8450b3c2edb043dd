export const SERVICE_STATUSES = ['PENDING', 'ACTIVE', 'SUSPENDED', 'FAILED', 'TERMINATED', 'CANCELLED'] as const;

/** A status from the address; anything else means "all". */
export function readStatus(text: string | undefined): (typeof SERVICE_STATUSES)[number] | undefined {
  return SERVICE_STATUSES.find((status) => status === text);
}

export const SERVICE_SORTS = ['disk', 'transfer'] as const;

/** An order from the address; anything else means "newest first". */
export function readSort(text: string | undefined): (typeof SERVICE_SORTS)[number] | undefined {
  return SERVICE_SORTS.find((sort) => sort === text);
}
