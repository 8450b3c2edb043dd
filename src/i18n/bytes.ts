const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** An amount of data in steps of 1,024 with one decimal, in the reader's language: "1.5 GB", "1,5 GB". */
export function bytesText(bytes: number, locale: string): string {
  let amount = Math.max(0, bytes);
  let unit = 0;
  // 1,023.95 would be written as 1,024.0 and is one of the next unit.
  while (amount >= 1023.95 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  const digits = unit === 0 ? 0 : 1;
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${number.format(amount)} ${UNITS[unit]}`;
}
