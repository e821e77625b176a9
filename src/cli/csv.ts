/** One line of comma-separated values [RFC 4180]; null and undefined are empty. */
export const csvLine = (cells: readonly (string | number | null | undefined)[]): string =>
  cells.map((cell) => quoted(cell === null || cell === undefined ? '' : String(cell))).join(',');

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
