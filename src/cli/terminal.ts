/** Where a verb speaks: results on standard output, talk on standard error, colours and progress for people only. */

export interface Terminal {
  /** A result: what a pipe wants. */
  readonly print: (text: string) => void;
  /** Talk: what a person at the terminal wants to know. */
  readonly talk: (text: string) => void;
  /** Whether standard output, standard error are terminals. */
  readonly outIsTty: boolean;
  readonly errIsTty: boolean;
  /** What a person types; standard input unless given. */
  readonly input?: NodeJS.ReadableStream;
}

/**
 * The process's own streams. When whoever reads the results has gone (`ritornello … | head`) that is no failure: nobody
 * is left to tell, and what is under way comes to its own end.
 */
export const machineTerminal = (): Terminal => {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    print: (text) => process.stdout.write(`${text}\n`),
    talk: (text) => process.stderr.write(`${text}\n`),
    outIsTty: process.stdout.isTTY === true,
    errIsTty: process.stderr.isTTY === true,
  };
};

type Style = 'bold' | 'dim' | 'red';
const CODES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31 };

/** The text in a style, on a terminal; the plain text elsewhere. */
export const styled = (text: string, style: Style, isTty: boolean): string =>
  isTty ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;

/** Rows in columns as wide as their longest cell; the last column is left ragged. */
export const columns = (rows: readonly (readonly string[])[]): string => {
  const columnCount = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columnCount }, (_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  ');
  return rows.map(line).join('\n');
};
