/** The log: one JSON line an event on standard error, or one sentence at a terminal. */

import { createHash } from 'node:crypto';
import pino, { type DestinationStream } from 'pino';
import { LOG_SENTENCES, type LogEvent, type LogEventName } from './log-events.ts';

type FieldsOf<Name extends LogEventName> = Extract<LogEvent, { event: Name }>['fields'];

export type Log = <Name extends LogEventName>(event: Name, fields: FieldsOf<Name>) => void;

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
  return (event, fields) => {
    const module = event.slice(0, event.indexOf('.'));
    const line: object = { module, event, ...fields };
    logger[LOG_SENTENCES[event].level](line);
  };
};

const MARKS: Readonly<Record<string, string>> = { error: 'error: ', warn: 'warning: ' };

const sentence = (line: string): string => {
  const { level, event, ...fields } = JSON.parse(line) as { level: string; event: LogEventName };
  const say = LOG_SENTENCES[event].say as (fields: object) => string;
  return `${MARKS[level] ?? ''}${say(fields)}\n`;
};

/** A person in the log: the same person is the same mark, and nobody can be read from it. */
export const hashedId = (userId: string): string => createHash('sha256').update(userId).digest('hex').slice(0, 12);

/** The message of anything thrown, with the messages of its causes. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${reasonOf(error.cause)}`;
};
