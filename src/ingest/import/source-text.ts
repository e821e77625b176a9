/** The text of a source file as chunks of UTF-8, metered, and stopped when the import is. */

import type { Readable } from 'node:stream';
import { type SourceFile, unreadable } from './source-file.ts';
import { type EncodingNote, utf8Text } from './utf8-text.ts';

export interface TextOptions {
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
  readonly note: (note: EncodingNote) => void;
}

async function* bytesOf(file: SourceFile, { onBytes, signal }: TextOptions): AsyncGenerator<Buffer> {
  let stream: Readable | undefined;
  try {
    stream = await file.open();
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      onBytes(chunk.length);
      yield chunk;
    }
  } catch (cause) {
    if (signal?.aborted === true) throw signal.reason;
    throw unreadable(`${file.name} cannot be read to its end: ${(cause as Error).message}`, cause);
  } finally {
    stream?.destroy();
  }
}

/** @throws {EngineError} unreadable_file the bytes end in a fault, e.g. of a damaged archive. */
export const sourceText = (file: SourceFile, options: TextOptions): AsyncGenerator<Buffer> =>
  utf8Text(bytesOf(file, options), options.note);
