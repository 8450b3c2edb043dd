/** How a list goes on: the API hands out an opaque cursor, null at the end. */
export const nextPage = {
  getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined,
};
