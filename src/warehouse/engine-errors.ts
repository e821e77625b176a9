/** What the engine says went wrong, as the error our callers decide by. */

import { EngineError, type ErrorCode } from '#domain';

/** Stopped by a bound of the query: timeout, too many rows, memory. */
const TOO_COSTLY: ReadonlySet<number> = new Set([158, 159, 160, 241, 307, 396]);
const NO_SPACE: ReadonlySet<number> = new Set([243, 1001]);
/** The row, not the engine, is at fault: parse errors, values out of range, unknown columns. */
const BAD_DATA: ReadonlySet<number> = new Set([
  6, 16, 25, 26, 27, 38, 41, 53, 69, 70, 72, 117, 128, 131, 190, 321, 349, 441, 467, 676,
]);

/** ClickHouse's number of the error; undefined when the engine was not reached. */
const numberOf = (error: unknown): number | undefined => {
  const { clickhouseCode, code, message } = error as { clickhouseCode?: number; code?: unknown; message?: string };
  if (clickhouseCode !== undefined) return clickhouseCode;
  if (typeof code === 'string' && /^\d+$/.test(code)) return Number(code);
  const found = /Code: (\d+)\./.exec(message ?? '');
  return found === null ? undefined : Number(found[1]);
};

const codeOf = (number: number | undefined, message: string): ErrorCode => {
  if (/No space left on device|NOT_ENOUGH_SPACE/.test(message)) return 'disk_full';
  if (number === undefined || TOO_COSTLY.has(number)) return 'warehouse_unavailable';
  if (NO_SPACE.has(number)) return 'disk_full';
  return BAD_DATA.has(number) ? 'invalid_data' : 'internal';
};

export const asEngineError = (error: unknown, doing: string): EngineError => {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError(codeOf(numberOf(error), message), `${doing}: ${message}`, { cause: error });
};
