/** What a person reads when a verb fails: the message, the fields, the remedy; for a fault of ours also the stack. */

import { EngineError, ERRORS, type ErrorCode } from '#domain';
import { EXIT_CODES } from './exit-codes.ts';
import { styled, type Terminal } from './terminal.ts';

export const tellFailure = (error: unknown, terminal: Terminal, json: boolean): void => {
  if (json && error instanceof EngineError) {
    const { code, message, fields } = error;
    terminal.talk(JSON.stringify({ error: { code, message, fields, remedy: ERRORS[code].remedy } }));
    return;
  }
  const mark = styled('error:', 'red', terminal.errIsTty);
  if (!(error instanceof EngineError)) {
    terminal.talk(`${mark} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return;
  }
  terminal.talk(`${mark} ${error.message}`);
  for (const { field, reason } of error.fields) if (field !== '') terminal.talk(`  ${field}: ${reason}`);
  terminal.talk(styled(ERRORS[error.code].remedy, 'dim', terminal.errIsTty));
  if (error.code === 'internal' && error.cause instanceof Error) terminal.talk(error.cause.stack ?? '');
};

type Ending = keyof typeof EXIT_CODES;

const ENDINGS: Readonly<Partial<Record<ErrorCode, Ending>>> = {
  invalid_request: 'usage',
  invalid_config: 'usage',
  unknown_format: 'usage',
  missing_key: 'usage',
  unknown_key: 'usage',
  forbidden: 'usage',
  unreadable_file: 'input',
  invalid_data: 'input',
  invalid_event: 'input',
  conflict: 'busy',
  unavailable: 'busy',
  warehouse_unavailable: 'busy',
  not_found: 'unknown',
  unknown_user: 'unknown',
  unknown_item: 'unknown',
  unknown_slate: 'unknown',
  no_model: 'unknown',
};

export const exitCodeOf = (error: unknown): number => {
  const ending = error instanceof EngineError ? ENDINGS[error.code] : undefined;
  return EXIT_CODES[ending ?? 'failed'].code;
};
