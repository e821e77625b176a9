/** One assessor's judgments, added to. */

import { readFile } from 'node:fs/promises';
import { EngineError } from '#domain';
import { writeText } from './folder.ts';
import type { JudgedCollection } from './judged-collection.ts';
import { parsePart, type TimeSpan, writeTime } from './part-times.ts';

/** Something of the pool that the assessor has not judged. */
export interface OpenQuestion {
  readonly topic: string;
  readonly document: string;
}

const ofDocument = (line: string): string => line.split(/\s+/).slice(0, 3).join(' ');

const linesOf = async (folder: string, assessor: string): Promise<string[]> => {
  try {
    const text = await readFile(`${folder}/assessments/${assessor}.qrels`, 'utf8');
    return text.split('\n').filter((line) => line !== '');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
};

/** What of the pool this assessor has not judged yet, topic by topic. Graded collections only. */
export const openQuestions = async (
  folder: string,
  { pool }: JudgedCollection,
  assessor: string,
): Promise<OpenQuestion[]> => {
  const done = new Set((await linesOf(folder, assessor)).map(ofDocument));
  return [...pool].flatMap(([topic, documents]) =>
    [...documents.keys()]
      .filter((document) => !done.has(`${topic} 0 ${document}`))
      .map((document) => ({ topic, document })),
  );
};

/** A recording of the pool that the assessor has not judged, and where in it runs have looked. */
export interface OpenRecording extends OpenQuestion {
  /** Ascending, without overlaps. */
  readonly spans: readonly TimeSpan[];
}

/**
 * Recordings of the pool of which the assessor's file has no line, topic by topic. Interval collections only; parts of the
 * pool that touch are one span.
 */
export const openRecordings = async (
  folder: string,
  { pool }: JudgedCollection,
  assessor: string,
): Promise<OpenRecording[]> => {
  const done = new Set((await linesOf(folder, assessor)).map(ofDocument));
  return [...pool].flatMap(([topic, parts]) => {
    const byRecording = new Map<string, TimeSpan[]>();
    for (const key of parts.keys()) {
      const { source, ...span } = parsePart(key);
      const held = byRecording.get(source);
      if (held === undefined) byRecording.set(source, [span]);
      else held.push(span);
    }
    return [...byRecording]
      .filter(([recording]) => !done.has(`${topic} Q0 ${recording}`))
      .map(([document, spans]) => ({ topic, document, spans: joined(spans) }));
  });
};

const joined = (spans: readonly TimeSpan[]): readonly TimeSpan[] => {
  const whole: TimeSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = whole.at(-1);
    if (last === undefined || span.start > last.end) whole.push(span);
    else whole[whole.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return whole;
};

/**
 * Writes what is relevant of a recording into the assessor's file, in the place of all earlier lines of it. No parts: one
 * line of relevance 0, so that it counts as judged.
 */
export const addPartJudgments = async (
  folder: string,
  assessor: string,
  judgments: readonly (OpenRecording & { readonly parts: readonly TimeSpan[] })[],
): Promise<void> => {
  checkName(assessor);
  const lines = await linesOf(folder, assessor);
  for (const { topic, document, spans, parts } of judgments) {
    const of = `${topic} Q0 ${document}`;
    const kept = lines.filter((line) => ofDocument(line) !== of);
    const marked = parts.length === 0 ? spans.slice(0, 1) : parts;
    const added = marked.map(
      ({ start, end }) => `${of} ${writeTime(start)} ${writeTime(end)} ${parts.length === 0 ? 0 : 1}`,
    );
    lines.splice(0, lines.length, ...kept, ...added);
  }
  await writeText(folder, `assessments/${assessor}.qrels`, `${lines.join('\n')}\n`);
};

/** Writes a judgment into the assessor's file, in the place of an earlier one of the same document. */
export const addJudgments = async (
  folder: string,
  assessor: string,
  judgments: readonly (OpenQuestion & { readonly level: number })[],
): Promise<void> => {
  checkName(assessor);
  const lines = new Map((await linesOf(folder, assessor)).map((line) => [ofDocument(line), line]));
  for (const { topic, document, level } of judgments) {
    lines.set(`${topic} 0 ${document}`, `${topic} 0 ${document} ${level}`);
  }
  await writeText(folder, `assessments/${assessor}.qrels`, `${[...lines.values()].join('\n')}\n`);
};

const checkName = (assessor: string): void => {
  if (/^[\w.-]+$/.test(assessor)) return;
  throw new EngineError('invalid_request', `assessor "${assessor}": expected letters, digits, dots, dashes`);
};
