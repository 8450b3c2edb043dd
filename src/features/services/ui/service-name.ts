/** What people call a service: its domain, else its user name, else the end of its id. */
export function useableName(service: { id: string; domain: string | null; username?: string | null }): string | null {
  return service.domain ?? service.username ?? null;
}

/** The last part of an id is what differs between ids made at nearly the same time. */
export function shortId(id: string): string {
  return id.slice(-8);
}
