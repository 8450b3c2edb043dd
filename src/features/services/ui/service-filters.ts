export const SERVICE_STATUSES = ['PENDING', 'ACTIVE', 'SUSPENDED', 'FAILED', 'TERMINATED', 'CANCELLED'] as const;

/** A status from the address; anything else means "all". */
export function readStatus(text: string | undefined): (typeof SERVICE_STATUSES)[number] | undefined {
  return SERVICE_STATUSES.find((status) => status === text);
}
