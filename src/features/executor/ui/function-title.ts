/** A function is known by its id; the name of the program before it says nothing. */
export const functionTitle = (id: string): string => id.replace(/^hyble-/, '');
