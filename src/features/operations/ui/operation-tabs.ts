export const OPERATION_TAB_NAMES = ['attention', 'waiting', 'running', 'all'] as const;
export type OperationTabName = (typeof OPERATION_TAB_NAMES)[number];

/** The tab from the address; the one that needs a person is what the page opens with. */
export function readTab(text: string | undefined): OperationTabName {
  return OPERATION_TAB_NAMES.find((name) => name === text) ?? 'attention';
}
