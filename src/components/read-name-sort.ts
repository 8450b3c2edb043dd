/** An order from the address; anything else means "newest first". */
export const readNameSort = (text: string | undefined): 'name' | undefined => (text === 'name' ? text : undefined);
