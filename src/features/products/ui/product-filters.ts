/** The filter of the address; anything else means "all". */
export function readActive(text: string | undefined): boolean | undefined {
  if (text === 'yes') return true;
  return text === 'no' ? false : undefined;
}
