/** The log: one JSON line an event on standard error, or one sentence at a terminal. */

import { createHash } from 'node:crypto';
import pino, { type DestinationStream } from 'pino';
import { LOG_SENTENCES, type LogEvent, type LogEventName, type LogLevel } from './log-events.ts';

type FieldsOf<Name extends LogEventName> = Extract<LogEvent, { event: Name }>['fields'];

export interface Log {
  <Name extends LogEventName>(event: Name, fields: FieldsOf<Name>): void;
  /** An event that another module names and describes itself, e.g. http.request. */
  other(level: LogLevel, event: string, fields: object): void;
}

export interface LogOptions {
  readonly level: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  readonly format: 'json' | 'text';
  readonly write: (line: string) => void;
}

/** Events below the level cost a comparison and nothing more. */
export const createLog = ({ level, format, write }: LogOptions): Log => {
  const destination: DestinationStream = { write: format === 'json' ? write : (line) => write(sentence(line)) };
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  const other: Log['other'] = (lineLevel, event, fields) => {
    const line: object = { module: event.slice(0, event.indexOf('.')), event, ...fields };
    logger[lineLevel](line);
  };
  const spoken = <Name extends LogEventName>(event: Name, fields: FieldsOf<Name>): void =>
    other(LOG_SENTENCES[event].level, event, fields);
  return Object.assign(spoken, { other });
};

const MARKS: Readonly<Record<string, string>> = { error: 'error: ', warn: 'warning: ' };

const sentence = (line: string): string => {
  const { level, at: _at, module: _module, event, ...fields } = JSON.parse(line) as Record<string, string>;
  const known = LOG_SENTENCES[event as LogEventName] as { say: (fields: object) => string } | undefined;
  const words = known === undefined ? `${event} ${JSON.stringify(fields)}` : known.say(fields);
  return `${MARKS[level ?? ''] ?? ''}${words}\n`;
};

/** A person in the log: the same person is the same mark, and nobody can be read from it. */
export const hashedId = (userId: string): string => createHash('sha256').update(userId).digest('hex').slice(0, 12);

/** A log that says nothing. */
export const SILENT: Log = createLog({ level: 'silent', format: 'json', write: () => undefined });
